//! The order in which sources are asked for a control.
#![deny(clippy::indexing_slicing)]

use agent_approval::{FieldKind, Source};

use super::{
    Answer, BankAnswer, Control, Misfit, PlanInput, Put, QuestionClass, Understood, Why, document,
    fact, fit,
};

/// What becomes of a control.
pub(super) enum Decision {
    /// It is filled.
    Put(Put, Source),
    /// The person is asked.
    Ask(Why),
    /// It stays empty, by whose word.
    Empty(Source),
}

/// What a source says to a control.
pub(super) enum Said {
    /// This.
    Answer(Answer),
    /// It knows, but cannot say without guessing.
    Doubt(Why),
    /// Nothing.
    Nothing,
}

/// The person's word for this form first, then an earlier one, then plain facts.
pub(super) fn decide(
    input: &PlanInput<'_>,
    control: &Control,
    understood: &Understood,
) -> Decision {
    if control.kind == FieldKind::File {
        return document::file(input, control, understood);
    }
    let given = input.given.iter().find(|given| given.key == understood.key);
    if let Some(given) = given {
        return match fit(&given.answer, control) {
            Ok(Some(put)) => Decision::Put(put, Source::Person),
            Ok(None) => Decision::Empty(Source::Person),
            Err(misfit) => Decision::Ask(Why::GivenAnswer(misfit)),
        };
    }
    if understood.class.is_stop() {
        return Decision::Ask(Why::Stop);
    }
    if let Some(banked) = banked(input, understood) {
        if is_dated(banked, understood.class) {
            return unanswered(control, Why::Dated);
        }
        return match fit(&banked.answer, control) {
            Ok(Some(put)) => Decision::Put(put, Source::Bank),
            Ok(None) => Decision::Empty(Source::Bank),
            Err(misfit) => unanswered(control, Why::EarlierAnswer(misfit)),
        };
    }
    if understood.class.is_sensitive() {
        return unanswered(control, Why::Sensitive);
    }
    if let Some(decision) = document::letter_text(input, control, understood) {
        return decision;
    }
    match fact::of_control(input, control, understood) {
        // The browser would have to guess at a list that is not shown.
        Said::Answer(_) if control.kind == FieldKind::Combobox && control.options.is_empty() => {
            unanswered(control, Why::Fact(Misfit::NoOptions))
        }
        Said::Answer(answer) => match fit(&answer, control) {
            Ok(Some(put)) => Decision::Put(put, Source::Fact),
            Ok(None) => unanswered(control, Why::NotKnown),
            Err(misfit) => unanswered(control, Why::Fact(misfit)),
        },
        Said::Doubt(why) => unanswered(control, why),
        Said::Nothing => drafted(input, control, understood)
            .unwrap_or_else(|| unanswered(control, Why::NotKnown)),
    }
}

/// What a model drafted for a question that wants prose, where it fits.
fn drafted(input: &PlanInput<'_>, control: &Control, understood: &Understood) -> Option<Decision> {
    if !is_draftable(control.kind, understood) {
        return None;
    }
    let mut all = input.drafted.iter();
    let drafted = all.find(|drafted| drafted.key == understood.key)?;
    match fit(&drafted.answer, control) {
        Ok(Some(put)) => Some(Decision::Put(put, Source::Drafted)),
        Ok(None) | Err(_) => None,
    }
}

/// Whether a model may draft an answer: prose that is asked of nobody in particular.
fn is_draftable(kind: FieldKind, understood: &Understood) -> bool {
    understood.class == QuestionClass::OpenText
        && understood.meaning.is_none()
        && matches!(kind, FieldKind::Text | FieldKind::LongText)
}

/// Asks where the form wants an answer, and leaves empty where it does not.
pub(super) fn unanswered(control: &Control, why: Why) -> Decision {
    if control.required {
        Decision::Ask(why)
    } else {
        Decision::Empty(Source::None)
    }
}

fn banked<'a>(input: &PlanInput<'a>, understood: &Understood) -> Option<&'a BankAnswer> {
    let mut bank = input.bank.iter().filter(|_| understood.bankable);
    bank.find(|banked| banked.key == understood.key)
}

/// Whether an answer about a start names a date: it may have passed since.
fn is_dated(banked: &BankAnswer, class: QuestionClass) -> bool {
    let years = |text: &String| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() == 4 && digits.starts_with("20"))
    };
    class == QuestionClass::Notice && banked.answer.texts().iter().any(years)
}
