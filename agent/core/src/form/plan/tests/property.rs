//! Plans of made-up forms: whatever a page says, nothing is invented.

use super::*;
use crate::form::allowed;

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }
}

const KINDS: [FieldKind; 9] = [
    FieldKind::Text,
    FieldKind::LongText,
    FieldKind::Select,
    FieldKind::MultiSelect,
    FieldKind::Combobox,
    FieldKind::Radio,
    FieldKind::Checkbox,
    FieldKind::CheckboxGroup,
    FieldKind::File,
];

const MEANINGS: [Meaning; 13] = [
    Meaning::FirstName,
    Meaning::LastName,
    Meaning::FullName,
    Meaning::Email,
    Meaning::Phone,
    Meaning::Location,
    Meaning::Country,
    Meaning::LinkedIn,
    Meaning::GitHub,
    Meaning::Website,
    Meaning::CurrentCompany,
    Meaning::Resume,
    Meaning::CoverLetter,
];

/// A form of wordings from the labelled table, with kinds, choices and
/// meanings that may or may not belong to them.
fn form(dice: &mut Dice, wordings: &[&'static str]) -> Form {
    let mut form = Form::new();
    for _ in 0..=dice.roll(12) {
        let mut parts = dice.pick(wordings).split(" | ");
        let label = parts.next().unwrap().trim_start_matches(['¶', '☐', ' ']);
        let own: Vec<&str> = parts.collect();
        let strange = [
            "Yes",
            "No",
            "Germany",
            "Ada Bell",
            "Prefer not to say",
            "München, Germany",
        ];
        let options: &[&str] = if own.is_empty() { &strange } else { &own };
        form = form.with(label, *dice.pick(&KINDS), options);
        let control = form.controls.last_mut().unwrap();
        control.required = !dice.chance(3);
        control.meaning = dice.chance(3).then(|| *dice.pick(&MEANINGS));
        control.max_length = dice.chance(4).then(|| dice.roll(30) as u32);
        if dice.chance(4) {
            control.description = (*dice.pick(wordings)).to_owned();
        }
        if matches!(
            control.kind,
            FieldKind::Text | FieldKind::LongText | FieldKind::File
        ) {
            control.options.clear();
        }
    }
    form.preferences
        .set("permits", &strings(&["DE", "US"]))
        .unwrap();
    form.preferences.set("country", &strings(&["DE"])).unwrap();
    form.preferences
        .set("pay-floor", &strings(&["80k EUR"]))
        .unwrap();
    form.documents.letter = Some(LetterToSend {
        text: Some("Dear team".to_owned()),
        file: Some(file("letter.pdf")),
        source: Source::Fact,
    });
    for understood in form.plan().understood {
        let answer = match dice.roll(3) {
            0 => Answer::Text("Yes".to_owned()),
            1 => Answer::Chosen(strings(&["Yes"])),
            _ => Answer::Ticked(true),
        };
        let key = understood.key;
        match dice.roll(6) {
            0 => form.bank.push(BankAnswer { key, answer }),
            1 => form.given.push(Given { key, answer }),
            _ => {}
        }
    }
    form
}

#[test]
fn p3_no_form_makes_a_plan_invent_an_answer() {
    let wordings: Vec<&str> = include_str!("../../class/wordings.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
        .collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut filled = 0;
    for round in 0..200 {
        let form = form(&mut dice, &wordings);
        let plan = form.plan();
        for (control, understood) in form.controls.iter().zip(&plan.understood) {
            let mut fillings = plan.fillings.iter();
            let filling = fillings.find(|filling| filling.control == control.index);
            let asked = plan.ask.iter().any(|ask| ask.control == control.index);
            let context = || format!("round {round}: {control:?} {understood:?} {filling:?}");
            // Asked or filled, and a required one is one of the two.
            assert!(!(asked && filling.is_some()), "{}", context());
            assert!(
                asked || filling.is_some() || !control.required,
                "{}",
                context()
            );
            let Some(filling) = filling else { continue };
            filled += 1;
            let label_alone = Wording {
                help: "",
                ..Wording::of_control(control)
            };
            for class in [understood.class, classify(&label_alone)] {
                assert!(allowed(filling.source, class), "{}", context());
            }
            let banked = form.bank.iter().any(|banked| banked.key == understood.key);
            let given = form.given.iter().any(|given| given.key == understood.key);
            match filling.source {
                Source::Person => assert!(given, "{}", context()),
                Source::Bank => assert!(banked && !given, "{}", context()),
                Source::Fact => assert!(!understood.class.is_sensitive(), "{}", context()),
                Source::None => assert_eq!(filling.put, Put::Tick(false), "{}", context()),
                Source::Drafted | Source::Page => panic!("{}", context()),
            }
            match &filling.put {
                Put::Choose(chosen) => {
                    assert!(
                        chosen.iter().all(|one| control.options.contains(one)),
                        "{}",
                        context()
                    );
                }
                Put::Text(text) => {
                    assert!(control.kind == FieldKind::LongText || !text.contains('\n'));
                    let limit = control
                        .max_length
                        .map_or(usize::MAX, |limit| limit as usize);
                    assert!(text.encode_utf16().count() <= limit, "{}", context());
                }
                Put::Tick(_) | Put::File(_) => {}
            }
        }
    }
    // The benign twin: plenty was filled.
    assert!(filled > 200, "{filled}");
}
