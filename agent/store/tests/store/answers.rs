use agent_approval::FieldKind;
use agent_store::{AnswerId, GivenAnswer, NewAnswer, PendingQuestion, QuestionAnswer, StoreError};
use serde_json::{Value, json};

use crate::{
    applying::{create, id},
    support::{Corpus, at},
};

fn answer(key: &str, value: Value, second: i64) -> NewAnswer {
    NewAnswer {
        key: key.to_owned(),
        question: format!("{key}?"),
        kind: FieldKind::Select,
        options: vec!["Yes".to_owned(), "No".to_owned()],
        value,
        class: "eligibility".to_owned(),
        at: at(second),
    }
}

fn question(ordinal: u32, key: &str) -> PendingQuestion {
    PendingQuestion {
        ordinal,
        key: key.to_owned(),
        label: format!("{key}?"),
        help: Some("In months.".to_owned()),
        kind: FieldKind::LongText,
        required: ordinal == 1,
        options: Vec::new(),
        class: "free".to_owned(),
        suggestion: (ordinal == 2).then(|| json!("three")),
    }
}

#[tokio::test]
async fn the_bank_keeps_one_answer_per_question() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            let visa = tx.save_answer(&answer("visa", json!("No"), 1))?;
            let other = tx.save_answer(&answer("notice", json!("3 months"), 2))?;
            let again = tx.save_answer(&answer("visa", json!("Yes"), 3))?;
            assert_eq!(again, visa);
            tx.count_answer_uses(&[visa, other])?;
            tx.count_answer_uses(&[visa])?;
            let kept = tx.answer(visa)?.unwrap();
            assert_eq!((&kept.value, kept.used), (&json!("Yes"), 2));
            assert_eq!((kept.created_at, kept.changed_at), (at(1), at(3)));
            assert_eq!(
                (kept.kind, kept.options.len(), kept.question.as_str()),
                (FieldKind::Select, 2, "visa?")
            );

            let keys = ["notice", "unheard", "visa"].map(str::to_owned);
            let found = tx.answers_for(&keys)?;
            let ids = |answers: &[agent_store::Answer]| {
                answers.iter().map(|one| one.id).collect::<Vec<_>>()
            };
            assert_eq!(ids(&found), [visa, other]);
            assert_eq!(tx.answers_for(&[])?, []);
            assert_eq!(ids(&tx.answers(None, 1)?), [visa]);
            assert_eq!(ids(&tx.answers(Some(visa), 9)?), [other]);

            assert!(tx.edit_answer(other, &json!("1 month"), at(9))?);
            let edited = tx.answer(other)?.unwrap();
            assert_eq!((edited.value, edited.changed_at), (json!("1 month"), at(9)));
            assert!(tx.remove_answer(other)?);
            assert!(!tx.remove_answer(other)?);
            assert!(!tx.edit_answer(other, &json!(1), at(9))?);
            assert!(!tx.edit_answer(AnswerId(99), &json!(1), at(9))?);
            assert_eq!(ids(&tx.answers(None, 9)?), [visa]);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn p3_a_question_waits_until_the_person_answers_and_the_bank_gets_what_they_keep() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            let asked = [question(1, "notice"), question(2, "salary")];
            tx.put_questions(id(1), &asked)?;
            tx.put_questions(id(2), &asked[..1])?;
            assert_eq!(tx.pending_questions(id(1))?, asked);

            let given = |ordinal, value: Value, keep| QuestionAnswer {
                application: id(1),
                ordinal,
                value,
                keep,
                at: at(i64::from(ordinal)),
            };
            tx.answer_question(&given(1, json!("3 months"), true))?;
            assert_eq!(tx.pending_questions(id(1))?, asked[1..]);
            tx.answer_question(&given(2, json!("much"), false))?;
            assert_eq!(tx.pending_questions(id(1))?, []);
            assert_eq!(tx.pending_questions(id(2))?, asked[..1]);
            for ordinal in [1, 3] {
                let error = tx.answer_question(&given(ordinal, json!("?"), true));
                assert!(matches!(error, Err(StoreError::Missing { .. })));
            }
            let bank = tx.answers(None, 9)?;
            assert_eq!(bank.len(), 1);
            assert_eq!(
                (bank[0].key.as_str(), &bank[0].value),
                ("notice", &json!("3 months"))
            );
            assert_eq!(
                (bank[0].kind, bank[0].class.as_str()),
                (FieldKind::LongText, "free")
            );
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn given_answers_outlive_the_questions_and_are_replaced_in_place() {
    let corpus = Corpus::new().await;
    let given = |ordinal, value: &str, second| GivenAnswer {
        ordinal,
        key: "specify".to_owned(),
        label: "Please specify".to_owned(),
        value: json!(value),
        at: at(second),
    };
    let kept = corpus
        .store
        .write(move |tx| {
            create(tx, 1, "acme baker")?;
            tx.put_questions(id(1), &[question(4, "specify")])?;
            tx.answer_question(&QuestionAnswer {
                application: id(1),
                ordinal: 4,
                value: json!("first"),
                keep: false,
                at: at(1),
            })?;
            // Asked anew, it waits again.
            tx.put_questions(id(1), &[question(4, "specify")])?;
            assert_eq!(tx.pending_questions(id(1))?.len(), 1);
            tx.put_questions(id(1), &[])?;
            tx.save_given_answer(id(1), &given(7, "another place", 2))?;
            tx.save_given_answer(id(1), &given(4, "edited", 3))?;
            let unknown = tx.save_given_answer(id(9), &given(1, "", 1));
            assert!(matches!(unknown, Err(StoreError::Missing { .. })));
            assert!(tx.put_questions(id(9), &[]).is_err());
            tx.given_answers(id(1))
        })
        .await
        .unwrap();
    assert_eq!(kept, [given(7, "another place", 2), given(4, "edited", 3)]);
}
