//! From a wish to the filter that picks its openings, and how a wish that finds
//! nothing is widened.

use super::{Remote, Wish};
use crate::{
    filter::{Compare, Filter, Flag, PartOf, Test, WordsOf},
    job::WorkplaceKind,
    normal::place,
    skill,
};

/// The filter that openings of this wish fit. What was applied to, or is being
/// prepared, is not among them. The person's own limits are not in it: lists
/// leave out what breaks one, whatever a filter says.
pub fn filter(wish: &Wish) -> Filter {
    let mut all = vec![
        Filter::Is(Test::Flag(Flag::Open)),
        Filter::Not(Box::new(Filter::Is(Test::Flag(Flag::Applied)))),
    ];
    let remote = || Filter::Is(Test::Workplace(WorkplaceKind::Remote));
    all.extend(any(wish
        .roles
        .iter()
        .flat_map(|role| of_role(role))
        .collect()));
    let mut places: Vec<Filter> = wish.places.iter().map(|place| of_place(place)).collect();
    match wish.remote {
        Remote::Unsaid => {}
        Remote::Also => places.push(remote()),
        Remote::Only => all.push(remote()),
    }
    all.extend(any(places));
    let employer = |name: &String| Filter::Is(Test::Words(WordsOf::Company, name.clone()));
    all.extend(any(wish.companies.iter().map(employer).collect()));
    all.extend(wish.skills.iter().map(|skill| of_skill(skill)));
    if let Some(level) = wish.level {
        all.push(Filter::Is(Test::Level(Compare::Equal, level)));
    }
    if let Some(pay) = &wish.pay {
        all.push(Filter::Is(Test::Pay {
            compare: Compare::AtLeast,
            amount: pay.amount,
            currency: pay.currency.clone(),
        }));
    }
    if let Some(least) = wish.least_score {
        all.push(Filter::Is(Test::Score(Compare::AtLeast, f64::from(least))));
    }
    Filter::All(all)
}

fn any(mut parts: Vec<Filter>) -> Option<Filter> {
    if parts.len() > 1 {
        return Some(Filter::Any(parts));
    }
    parts.pop()
}

/// A role stands in the title, or is a skill the posting asks for ("Rust roles").
fn of_role(role: &str) -> Vec<Filter> {
    let mut any = vec![Filter::Is(Test::Words(WordsOf::Title, role.to_owned()))];
    // By its name, not as in a text: "go" is a skill here, without words beside it.
    let named = skill::named(role)
        .filter(|label| skill::is_of_lexicon(label) && label.eq_ignore_ascii_case(role));
    any.extend(named.map(|label| Filter::Is(Test::Skill(label.to_owned()))));
    any
}

fn of_skill(skill: &str) -> Filter {
    let known = skill::named(skill).map_or_else(|| skill.to_owned(), str::to_owned);
    Filter::Any(vec![
        Filter::Is(Test::Skill(known)),
        Filter::Is(Test::Words(WordsOf::Everything, skill.to_owned())),
    ])
}

/// A country is what postings are in; a city stands in the place they state.
fn of_place(named: &str) -> Filter {
    match place::country_code(named) {
        Some(code) => Filter::Is(Test::Country(code.to_owned())),
        None => Filter::Is(Test::Part(PartOf::Place, named.to_owned())),
    }
}

/// What was given up to find more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widened {
    /// In words, such as "the least score of 80".
    pub dropped: String,
}

/// The wish with one thing less: first the least score, then the places. `None`
/// when neither is left: role, pay, employers and remote work are what the person
/// wants. A standing wish is not widened: that nothing new fits is its usual day.
pub fn widen(wish: &Wish) -> Option<(Wish, Widened)> {
    if wish.standing {
        return None;
    }
    let mut wider = wish.clone();
    if let Some(least) = wider.least_score.take() {
        let dropped = format!("the least score of {least}");
        return Some((wider, Widened { dropped }));
    }
    if wider.places.is_empty() {
        return None;
    }
    let dropped = match wider.places.as_slice() {
        [one] => format!("the place {one}"),
        many => format!("the places {}", many.join(", ")),
    };
    wider.places.clear();
    // "Berlin or remote": with no place left, any will do.
    if wider.remote == Remote::Also {
        wider.remote = Remote::Unsaid;
    }
    Some((wider, Widened { dropped }))
}
