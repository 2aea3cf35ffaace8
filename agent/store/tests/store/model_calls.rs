use agent_core::skill::{Need, claim::Claim};
use agent_store::{About, AnswerKey, CallOutcome, JobAnalysis, ModelTier, NewModelCall};
use serde_json::json;

use crate::support::{Corpus, at};

fn call(second: i64, about: &str, outcome: CallOutcome) -> NewModelCall {
    NewModelCall {
        at: at(second),
        task: "posting".to_owned(),
        tier: ModelTier::Ollama,
        model: "qwen3:4b".to_owned(),
        prompt: [7; 32],
        about: About {
            kind: "job".to_owned(),
            id: about.to_owned(),
        },
        tokens_in: 100,
        tokens_out: 10,
        millis: 1500,
        outcome,
    }
}

#[tokio::test]
async fn p7_calls_are_kept_with_what_became_of_them_and_add_up_by_day() {
    let corpus = Corpus::new().await;
    let day = 86_400;
    let outcomes = [
        CallOutcome::Ok,
        CallOutcome::Cached,
        CallOutcome::Invalid("at /n: 7 is too large".to_owned()),
        CallOutcome::Refused("a quote is made up".to_owned()),
        CallOutcome::Cut,
        CallOutcome::Failed("it was cancelled".to_owned()),
    ];
    let told = outcomes.clone();
    let ids = corpus
        .store
        .write(move |tx| {
            tx.append_model_call(&call(0, "b", CallOutcome::Ok))?;
            let each = told.into_iter().map(|one| call(day, "a", one));
            each.map(|one| tx.append_model_call(&one))
                .collect::<Result<Vec<_>, _>>()
        })
        .await
        .unwrap();
    let about = call(0, "a", CallOutcome::Ok).about;
    // So far west that it is still the day before.
    let west = -i32::try_from(at(day).as_second() % day + 1).unwrap();
    let (calls, usage, later, shifted) = corpus
        .store
        .read(move |r| {
            Ok((
                r.model_calls_about(&about, 100)?,
                r.model_usage(at(0), 0)?,
                r.model_usage(at(day), 0)?,
                r.model_usage(at(0), west)?,
            ))
        })
        .await
        .unwrap();
    let newest_first: Vec<CallOutcome> = calls
        .iter()
        .map(|one| one.call.outcome.clone())
        .rev()
        .collect();
    assert_eq!(newest_first, outcomes);
    assert_eq!(calls.last().map(|one| one.id), ids.first().copied());
    let row = &usage[0];
    assert_eq!(
        (usage.len(), later.len(), row.day),
        (2, 1, at(day).as_second() / day)
    );
    assert_eq!(
        (row.calls, row.cached, row.invalid, row.refused, row.failed),
        (5, 1, 1, 1, 2)
    );
    assert_eq!((row.tokens_in, row.tokens_out, row.millis), (600, 60, 9000));
    assert_eq!(shifted[0].day, usage[0].day - 1);
}

#[tokio::test]
async fn an_answer_is_kept_under_its_question_its_model_and_its_parameters() {
    let corpus = Corpus::new().await;
    let key = AnswerKey {
        prompt: [1; 32],
        model: "qwen3:4b@abc".to_owned(),
        parameters: "seed 17".to_owned(),
    };
    let others = [
        AnswerKey {
            prompt: [2; 32],
            ..key.clone()
        },
        AnswerKey {
            model: "qwen3:4b@def".to_owned(),
            ..key.clone()
        },
        AnswerKey {
            parameters: "seed 18".to_owned(),
            ..key.clone()
        },
    ];
    let (kept, none) = corpus
        .store
        .write(move |tx| {
            tx.save_model_answer(&key, &json!({"n": 1}))?;
            tx.save_model_answer(&key, &json!({"n": 2}))?;
            let mut none = Vec::new();
            for other in &others {
                none.extend(tx.model_answer(other)?);
            }
            Ok((tx.model_answer(&key)?, none))
        })
        .await
        .unwrap();
    assert_eq!((kept, none), (Some(json!({"n": 2})), Vec::new()));
}

#[tokio::test]
async fn the_oldest_calls_are_forgotten() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            (0..3).try_for_each(|n| {
                tx.append_model_call(&call(n, "a", CallOutcome::Ok))
                    .map(drop)
            })
        })
        .await
        .unwrap();
    let raw = corpus.raw().await;
    raw.execute(
        "UPDATE sqlite_sequence SET seq = 20001 WHERE name = 'model_calls'",
        [],
    )
    .unwrap();
    drop(raw);
    let left = corpus
        .reopen()
        .unwrap()
        .write(|tx| {
            tx.append_model_call(&call(9, "a", CallOutcome::Ok))?;
            tx.model_calls(100)
        })
        .await
        .unwrap();
    let ids: Vec<i64> = left.iter().map(|one| one.id).collect();
    assert_eq!(ids, [20_002, 3]);
}

#[tokio::test]
async fn what_a_model_read_is_of_the_posting_as_it_was() {
    let corpus = Corpus::new().await;
    let job = corpus.job("1", "Baker", "You bake bread.");
    corpus.ingest(1, vec![job]).await;
    let analysis = JobAnalysis {
        revision: 0,
        at: at(5),
        tier: ModelTier::OpenAi,
        model: "local".to_owned(),
        claims: vec![Claim {
            need: Need::Required,
            skill: "bake".to_owned(),
            label: None,
            quote: "You bake bread".to_owned(),
        }],
    };
    let id = corpus.id("1");
    let (kept, other) = corpus
        .store
        .write(move |tx| {
            let revision = tx.job_revision(id)?.unwrap();
            let now = JobAnalysis {
                revision,
                ..analysis.clone()
            };
            tx.save_job_analysis(id, &now)?;
            let kept = tx.job_analysis(id)?;
            assert_eq!(kept, Some(now));
            tx.save_job_analysis(
                id,
                &JobAnalysis {
                    revision: revision - 1,
                    ..analysis
                },
            )?;
            Ok((kept, tx.job_analysis(id)?))
        })
        .await
        .unwrap();
    assert!(kept.is_some() && other.is_none());
}
