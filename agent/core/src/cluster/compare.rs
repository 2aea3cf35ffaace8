//! Whether two postings are one opening.
#![deny(clippy::indexing_slicing)]

use std::cell::OnceCell;

use super::{
    Commons, Link, Print, Rule, employer::Kinship, sketch::Overlap, spot::Nearness, title::Likeness,
};
use crate::job::{Level, Sightings};

/// A posting with when it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Sighted<'a> {
    /// What is compared of it.
    pub print: &'a Print,
    /// When it was seen.
    pub seen: Sightings,
}

/// All that is known of a pair, each part looked at once.
struct Pair<'a> {
    one: &'a Print,
    other: &'a Print,
    commons: [&'a Commons; 2],
    kinship: Kinship,
    grade: bool,
    place: Nearness,
    same_board: bool,
    /// Both texts are in known and different languages.
    translated: bool,
    /// The titles and the texts are looked at only when asked for: they cost more
    /// than all the rest, and most pairs are told apart without them.
    title: OnceCell<Likeness>,
    text: OnceCell<Option<Overlap>>,
}

/// Whether two postings are one opening, by the first rule that says so.
/// `commons` are of their employers.
pub fn compare(one: Sighted<'_>, other: Sighted<'_>, commons: [&Commons; 2]) -> Option<Link> {
    let pair = Pair::of(one.print, other.print, commons);
    pair.stated().or_else(|| {
        if pair.speaks_against() {
            return None;
        }
        match pair.kinship {
            Kinship::Same if pair.same_board => {
                pair.on_one_board(never_together(&one.seen, &other.seen))
            }
            Kinship::Same | Kinship::Related => pair.of_one_employer(),
            Kinship::Other => pair.under_another_name(),
        }
    })
}

/// Whether [`compare`] finds no link between two postings whatever their texts say.
pub fn are_apart(one: &Print, other: &Print) -> bool {
    let shared = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let mut addresses = one.addresses.iter();
    let is_stated = shared(&one.group, &other.group)
        || shared(&one.requisition, &other.requisition)
        || addresses.any(|address| other.addresses.contains(address));
    if is_stated {
        return false;
    }
    let none = Commons::default();
    let pair = Pair::of(one, other, [&none, &none]);
    if pair.speaks_against() || pair.title() == Likeness::Different {
        return true;
    }
    match pair.kinship {
        Kinship::Same if pair.same_board => {
            pair.translated || pair.place != Nearness::Same || pair.title() != Likeness::Same
        }
        Kinship::Same | Kinship::Related => false,
        Kinship::Other => pair.translated || !(pair.is_by_agency() || pair.names_the_other()),
    }
}

/// Whether two postings cannot be one opening, even when a third is linked to both.
pub fn conflict(one: Sighted<'_>, other: Sighted<'_>, commons: [&Commons; 2]) -> bool {
    let pair = Pair::of(one.print, other.print, commons);
    if pair.stated().is_some() {
        return false;
    }
    if pair.speaks_against() || pair.is_other_work() {
        return true;
    }
    // A board that shows two postings of one employer at a time means two.
    let together = !never_together(&one.seen, &other.seen);
    pair.same_board
        && pair.kinship == Kinship::Same
        && together
        && pair.on_one_board(false).is_none()
}

/// Whether one was gone before the other came.
fn never_together(one: &Sightings, other: &Sightings) -> bool {
    let gone = |early: &Sightings, late: &Sightings| {
        early.closed_at.is_some() && early.last_seen < late.first_seen
    };
    gone(one, other) || gone(other, one)
}

impl<'a> Pair<'a> {
    fn of(one: &'a Print, other: &'a Print, commons: [&'a Commons; 2]) -> Self {
        let translated = matches!((&one.language, &other.language), (Some(a), Some(b)) if a != b);
        Self {
            translated,
            kinship: one.employer.kinship(&other.employer),
            grade: same_grade(one, other),
            place: one.spots.nearness(&other.spots),
            same_board: one.source == other.source,
            title: OnceCell::new(),
            text: OnceCell::new(),
            one,
            other,
            commons,
        }
    }

    /// How alike the titles are, words of the place and the employer aside.
    fn title(&self) -> Likeness {
        let prints = [self.one, self.other];
        let aside = |word: &str| {
            prints.iter().any(|print| {
                print.spots.words().any(|known| known == word)
                    || print.employer.full.iter().any(|known| known == word)
            })
        };
        let [one, other] = prints.map(|print| &print.title);
        *self.title.get_or_init(|| one.likeness(other, aside))
    }

    /// Whether the titles name another work, in one language.
    fn is_other_work(&self) -> bool {
        !self.translated && self.title() == Likeness::Different
    }

    /// What the texts have in common, the employers' usual words aside.
    fn text(&self) -> Option<Overlap> {
        *self.text.get_or_init(|| {
            let titles = [self.one.title.key(), self.other.title.key()];
            let [mine, theirs] = self.commons.map(|commons| commons.weights(&titles));
            let weight = |mark| mine.of(mark).min(theirs.of(mark));
            self.one.text.overlap(&self.other.text, weight)
        })
    }

    /// The share of the names that both texts have, and how many they are.
    fn names(&self) -> (f64, usize) {
        let titles = [self.one.title.key(), self.other.title.key()];
        let is_usual = |name| {
            let mut both = self.commons.iter();
            both.any(|commons| commons.is_usual_name(name, &titles))
        };
        self.one.text.names_shared(&self.other.text, is_usual)
    }

    /// What portals say themselves.
    fn stated(&self) -> Option<Link> {
        let link = |rule, because: String| {
            Some(Link {
                rule,
                similarity: 1.0,
                because: vec![because],
            })
        };
        let alike = |enough: f64| self.text().is_some_and(|text| text.likeness >= enough);
        let common = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(a), Some(b)) if a == b => Some(a.clone()),
            _ => None,
        };
        let group = common(&self.one.group, &self.other.group).filter(|_| self.same_board);
        if let Some(group) = group {
            return link(
                Rule::Group,
                format!("both are in the board's group {group}"),
            );
        }
        let requisition = common(&self.one.requisition, &self.other.requisition);
        if let Some(number) = requisition
            && self.kinship != Kinship::Other
            && (!self.is_other_work() || alike(0.6))
        {
            return link(Rule::Requisition, format!("both are requisition {number}"));
        }
        let address = self
            .one
            .addresses
            .iter()
            .find(|address| self.other.addresses.contains(address));
        if let Some(address) = address {
            // An address that several openings of a board share is not of one opening.
            let believed = if self.same_board {
                self.grade && self.place == Nearness::Same && self.title() == Likeness::Same
            } else {
                !self.is_other_work() || alike(0.3)
            };
            if believed {
                return link(Rule::Address, format!("both lead to {address}"));
            }
        }
        None
    }

    /// What makes another opening of the same text.
    fn speaks_against(&self) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(a), Some(b)) if a != b);
        !self.grade
            || self.place == Nearness::Apart
            || (self.kinship == Kinship::Same
                && differ(&self.one.requisition, &self.other.requisition)
                && (self.same_board
                    || pattern(&self.one.requisition) == pattern(&self.other.requisition)))
            || (self.same_board && differ(&self.one.employment, &self.other.employment))
    }

    /// The same posting on one board: the text has to be the same, for an
    /// employer's openings are often alike.
    fn on_one_board(&self, never_together: bool) -> Option<Link> {
        let differ = matches!((&self.one.group, &self.other.group), (Some(a), Some(b)) if a != b);
        if self.translated
            || self.place != Nearness::Same
            || (differ && !never_together)
            || self.title() != Likeness::Same
        {
            return None;
        }
        let (rule, enough) = if never_together {
            (Rule::Repost, 0.8)
        } else {
            (Rule::Twice, 0.92)
        };
        let text = self.text().filter(|text| text.likeness >= enough)?;
        Some(self.measured(rule, text.likeness))
    }

    /// Postings of one employer on two boards.
    fn of_one_employer(&self) -> Option<Link> {
        if self.title() == Likeness::Different {
            return None;
        }
        let related = self.kinship == Kinship::Related;
        let near = matches!(self.place, Nearness::Same | Nearness::Shared);
        if self.translated {
            let (share, shared) = self.names();
            let same = self.title() == Likeness::Same && near && !related;
            return (same && shared >= 2 && share >= 0.6)
                .then(|| self.measured(Rule::Translation, share));
        }
        let Some(text) = self.text() else {
            let told = self.one.title.telling >= 2 && !self.one.spots.cities.is_empty();
            let same = self.title() == Likeness::Same && near && !related && told;
            return same.then(|| self.measured(Rule::Title, 0.5));
        };
        let (likeness, contained) = match (self.title(), near) {
            (Likeness::Different, _) => return None,
            _ if related => (0.8, 0.9),
            (Likeness::Same, true) => (0.68, 0.77),
            (Likeness::Same, false) => (0.75, 0.85),
            (Likeness::Contained, _) => (0.8, 0.9),
        };
        let enough = text.likeness >= likeness || text.contained >= contained;
        enough.then(|| self.measured(Rule::Text, text.likeness.max(text.contained)))
    }

    fn is_by_agency(&self) -> bool {
        self.one.employer.places_for_others() || self.other.employer.places_for_others()
    }

    /// Whether the text of one names the employer of the other.
    fn names_the_other(&self) -> bool {
        self.one.text.mentions(&self.other.employer.words)
            || self.other.text.mentions(&self.one.employer.words)
    }

    /// Copies of one text under two employers' names.
    fn under_another_name(&self) -> Option<Link> {
        if self.translated || self.title() == Likeness::Different {
            return None;
        }
        let (agency, named) = (self.is_by_agency(), self.names_the_other());
        let near = matches!(self.place, Nearness::Same | Nearness::Shared);
        let (rule, likeness, contained) = match (self.title(), agency, named) {
            (Likeness::Different, _, _) | (_, false, false) => return None,
            (Likeness::Same, true, _) if near => (Rule::Agency, 0.68, 0.77),
            (Likeness::Same, true, _) => (Rule::Agency, 0.75, 0.85),
            (Likeness::Contained, true, _) => (Rule::Agency, 0.75, 0.85),
            (Likeness::Same, false, true) if near => (Rule::Renamed, 0.8, 0.92),
            (_, false, true) => return None,
        };
        let text = self.text()?;
        let enough = text.likeness >= likeness || text.contained >= contained;
        enough.then(|| self.measured(rule, text.likeness.max(text.contained)))
    }

    fn measured(&self, rule: Rule, similarity: f64) -> Link {
        let title = match self.title() {
            Likeness::Same => "the titles name the same work",
            Likeness::Contained => "one title says more than the other, and nothing else",
            Likeness::Different => "the titles are in other words",
        };
        let place = match self.place {
            Nearness::Same => "the same place",
            Nearness::Shared => "a place in common",
            Nearness::Open => "no place that speaks against it",
            Nearness::Apart => "other places",
        };
        let mut because = vec![title.to_owned(), place.to_owned()];
        because.extend(self.text().map(|text| {
            format!(
                "texts {:.0} % alike, {:.0} % of the shorter one in the other, the employer's usual words aside",
                text.likeness * 100.0,
                text.contained * 100.0
            )
        }));
        if let Kinship::Other | Kinship::Related = self.kinship {
            let names = (self.one.employer.key(), self.other.employer.key());
            because.push(format!("under the names {} and {}", names.0, names.1));
        }
        Link {
            rule,
            similarity,
            because,
        }
    }
}

/// Whether both are of one level and kind of contract. A level that a title leaves
/// out may be stated beside it.
fn same_grade(one: &Print, other: &Print) -> bool {
    let (a, b) = (&one.title.grade, &other.title.grade);
    if a == b {
        return true;
    }
    let beside = |silent: &Print, told: &Print| {
        let level = match silent.level {
            Some(Level::Intern) => "intern",
            Some(Level::Entry) => "junior",
            Some(Level::Senior) => "senior",
            Some(Level::Executive) => "director",
            Some(Level::Lead | Level::Manager) => "lead",
            Some(Level::Mid) | None => "",
        };
        let contract = silent.employment.as_deref().unwrap_or_default();
        silent.title.grade.is_empty()
            && told
                .title
                .grade
                .iter()
                .all(|word| word == level || word == contract)
    };
    beside(one, other) || beside(other, one)
}

/// The make of a requisition number: numbers of one make are comparable.
fn pattern(number: &Option<String>) -> String {
    let mut made: String = number
        .iter()
        .flat_map(|number| number.chars())
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    while made.contains("99") {
        made = made.replace("99", "9");
    }
    made
}
