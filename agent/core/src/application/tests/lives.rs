//! The promises, over long random lives.

use std::collections::BTreeSet;

use super::{super::*, samples::*};

/// A small linear congruential generator (the constants of Numerical Recipes):
/// the same lives on every machine.
struct Dice(u32);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % sides
    }
}

/// An event for a random life. Events that end it or leave the part before the
/// receipt are rare, and an approval often names what waits, so that one life
/// sees many submissions; manifests come from a small set, so that old ones return.
fn random_event(
    dice: &mut Dice,
    all: &[(&'static str, Event)],
    state: &State,
    intent: u64,
) -> Event {
    let any = manifest(dice.below(32) as u8);
    let waiting = match &state.stage {
        Stage::AwaitingApproval { manifest, .. } if dice.below(2) == 0 => *manifest,
        _ => any,
    };
    let tracking = all
        .iter()
        .position(|(_, event)| *event == Event::PersonSentByHand)
        .unwrap_or(all.len());
    let range = if dice.below(40) == 0 {
        all.len()
    } else {
        tracking
    };
    let (_, event) = &all[dice.below(range)];
    match event {
        Event::ManifestReady { .. } => Event::ManifestReady { manifest: any },
        Event::PersonEdited { diff, .. } => Event::PersonEdited {
            manifest: any,
            diff: diff.clone(),
        },
        Event::LiveDifference { diff, .. } => Event::LiveDifference {
            manifest: any,
            diff: diff.clone(),
        },
        Event::PersonApproved { .. } => Event::PersonApproved { manifest: waiting },
        Event::SubmissionStarted { .. } => Event::SubmissionStarted {
            intent: IntentId(intent),
        },
        other => other.clone(),
    }
}

#[test]
fn p2_in_long_random_lives_every_intent_has_an_approval_of_its_own() {
    let mut dice = Dice(20_261_121);
    let all = events();
    let (mut intents, mut refused) = (0, 0);
    for life in 0..2_000 {
        let mut state = State::default();
        let mut approved: Option<ManifestDigest> = None;
        let mut opened = BTreeSet::new();
        for number in 0..400 {
            let event = random_event(&mut dice, &all, &state, number);
            let Ok(step) = transition(&state, &event) else {
                refused += 1;
                continue;
            };
            if let Event::PersonApproved { manifest } = &event {
                approved = Some(*manifest);
            }
            if step
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::DropApproval { .. }))
            {
                approved = None;
            }
            for effect in &step.effects {
                if let Effect::OpenGate { manifest, .. } = effect {
                    intents += 1;
                    assert_eq!(approved.take(), Some(*manifest), "life {life}");
                    assert!(
                        opened.insert(manifest.to_string()),
                        "life {life}: the gate opened twice for one manifest"
                    );
                }
            }
            assert!(
                step.next.spent.starts_with(&state.spent),
                "what is spent stays spent"
            );
            state = step.next;
        }
    }
    assert!(intents > 1_000, "the lives reach submissions: {intents}");
    assert!(refused > 100_000, "the lives meet refusals: {refused}");
}
