//! What the person may want to say: shown beside a question, never used by itself.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use super::{Answer, Control, Meaning, PlanInput, QuestionClass, Shape, Understood, name};
use crate::{
    form::{
        known::{self, Known, Years},
        phrase::{Folded, Rule},
        scope::countries_in,
        tables::tables,
    },
    matching, skill,
};

/// A suggestion that the control would take, if there is one.
pub(super) fn suggest(
    input: &PlanInput<'_>,
    control: &Control,
    understood: &Understood,
) -> Option<String> {
    let text = match understood.class {
        QuestionClass::Salary => input.preferences.get("pay-floor").into_iter().next(),
        QuestionClass::Eligibility => permit(input, control),
        QuestionClass::Demographic => decline(control),
        QuestionClass::Plain | QuestionClass::OpenText | QuestionClass::Contact => {
            plain(input, control, understood)
        }
        QuestionClass::Notice => earlier(input, understood),
        QuestionClass::Legal
        | QuestionClass::Attestation
        | QuestionClass::Consent
        | QuestionClass::Policy
        | QuestionClass::Signature => None,
    }?;
    let shape = Shape::of_control(control);
    Answer::typed(&shape, std::slice::from_ref(&text))
        .is_ok()
        .then_some(text)
}

fn earlier(input: &PlanInput<'_>, understood: &Understood) -> Option<String> {
    let mut bank = input.bank.iter().filter(|_| understood.bankable);
    let banked = bank.find(|banked| banked.key == understood.key)?;
    banked.answer.texts().into_iter().next()
}

fn plain(input: &PlanInput<'_>, control: &Control, understood: &Understood) -> Option<String> {
    let parts = || name::likely(&input.profile.name);
    match understood.meaning {
        Some(Meaning::FirstName) => return parts().map(|(first, _)| first.to_owned()),
        Some(Meaning::LastName) => return parts().map(|(_, last)| last.to_owned()),
        Some(Meaning::Location) => return input.profile.location.clone(),
        _ => {}
    }
    if known::of_label(&control.name) == Some(Known::PreferredName) {
        return parts().map(|(first, _)| first.to_owned());
    }
    match known::years(&control.name)? {
        Years::InAll => years(input.profile.years_worked(input.today)),
        Years::OfSomething => years_of_skill(input, &control.name),
    }
}

fn years(worked: f64) -> Option<String> {
    let whole = worked.floor();
    (whole >= 1.0).then(|| format!("{whole:.0}"))
}

/// Years in positions whose own lines show the skill that the label names.
fn years_of_skill(input: &PlanInput<'_>, label: &str) -> Option<String> {
    let asked = skill_named(label)?;
    let mut of_skill = crate::profile::Profile::default();
    for position in &input.profile.work {
        let alone = crate::profile::Profile {
            work: vec![position.clone()],
            ..crate::profile::Profile::default()
        };
        let shown = matching::held_skills(&alone);
        if shown.iter().any(|shown| shown.skill == asked) {
            of_skill.work.push(position.clone());
        }
    }
    years(of_skill.years_worked(input.today))
}

/// The one skill at the end of a question ("… do you have with Rust?").
fn skill_named(label: &str) -> Option<String> {
    const BEFORE: &[&str] = &[
        "with", "in", "of", "using", "as", "mit", "als", "avec", "en", "de", "con", "como",
    ];
    let words: Vec<&str> = label.split_whitespace().collect();
    let ends = words
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, word)| BEFORE.contains(&word.to_lowercase().as_str()));
    let mut named = ends.filter_map(|(at, _)| {
        let end = words.get(at + 1..)?.join(" ");
        let end = end.trim_end_matches(['?', '*', ' ', ':']);
        // Under this heading even a word like "Go" is a skill.
        match skill::find(&format!("Skills: {end}")).as_slice() {
            [only] => Some(only.skill.clone()),
            _ => None,
        }
    });
    named.next()
}

/// The choice by which the answer is kept to oneself.
fn decline(control: &Control) -> Option<String> {
    let mut found = control
        .options
        .iter()
        .filter(|option| tables().is_decline(&Folded::of(option)));
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

/// Yes or no to a question about leave to work, where the person stated that
/// they need no sponsorship in the country it is about. That a country is not
/// among those stated tells nothing.
fn permit(input: &PlanInput<'_>, control: &Control) -> Option<String> {
    static WORK: LazyLock<Rule> = LazyLock::new(|| {
        Rule::read(
            "authori* | right to work | eligible to work | entitled to work | permitted to work | \
             allowed to work | legally work | work permit | arbeitserlaubnis* | arbeitsgenehmigung* | \
             autorise* | permis de travail | permiso de trabajo | autorizad* | autorizacion",
        )
    });
    static SPONSOR: LazyLock<Rule> =
        LazyLock::new(|| Rule::read("sponsor* | *sponsoring | parrain* | patrocin*"));
    static NEED: LazyLock<Rule> = LazyLock::new(|| {
        Rule::read(
            "require | requires | need | needs | benotigen | brauchen | besoin | necesita* | requiere*",
        )
    });
    static NEGATED: LazyLock<Rule> = LazyLock::new(|| {
        Rule::read("not | without | no | never | ohne | kein* | nicht | sans | pas | sin")
    });
    let words = Folded::of(&control.name);
    let named: Vec<&str> = countries_in(&control.name).collect();
    let country = match (named.as_slice(), input.job.countries.as_slice()) {
        ([only], _) => only,
        ([], [only]) => only.as_str(),
        _ => return None,
    };
    let permits = &input.preferences.permits;
    if !permits.iter().any(|permit| permit == country) || NEGATED.holds(&words) {
        return None;
    }
    let may = match (WORK.holds(&words), SPONSOR.holds(&words)) {
        (true, false) if !NEED.holds(&words) => true,
        (false, true) => false,
        _ => return None,
    };
    let wanted: &[&str] = if may {
        &["yes", "ja", "oui", "si"]
    } else {
        &["no", "nein", "non"]
    };
    if control.options.is_empty() {
        return Some((if may { "yes" } else { "no" }).to_owned());
    }
    let mut fitting = control
        .options
        .iter()
        .filter(|option| wanted.contains(&Folded::of(option).words()));
    fitting.next().cloned().filter(|_| fitting.next().is_none())
}
