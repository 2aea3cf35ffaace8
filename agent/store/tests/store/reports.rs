//! Reports that are kept, and what is learned.

use agent_core::report::{About, GapParts, LINE, Report, SkillGap};
use agent_store::{LearningState, NewReport, ReportId};
use jiff::Timestamp;

use crate::support::Corpus;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn report(open: u32, inputs: u8) -> NewReport {
    NewReport {
        made_at: at(i64::from(open)),
        inputs: [inputs; 32],
        report: Report::SkillGap(SkillGap::of(GapParts {
            about: About {
                made: at(0),
                line: LINE,
                filter: None,
                open,
                near: 0,
                failing: 0,
                reached: 0,
                practice: false,
            },
            missing: Vec::new(),
            all_missing: 0,
            held: Vec::new(),
            pairs: Vec::new(),
            limit: 20,
        })),
    }
}

#[tokio::test]
async fn a_report_is_kept_and_one_made_of_the_same_takes_its_place() {
    let corpus = Corpus::new().await;
    let save = async |new: NewReport| {
        let saved = corpus.store.write(move |tx| tx.save_report(&new)).await;
        saved.unwrap()
    };
    let first = save(report(1, 7)).await;
    assert_eq!(save(report(2, 7)).await, first);
    let second = save(report(3, 8)).await;
    assert!(second > first);
    // What was so once and is so again is a new report: it tells of another day.
    let third = save(report(4, 7)).await;
    assert!(third > second);
    let (all, found, none) = corpus
        .store
        .read(move |r| Ok((r.reports()?, r.report(first)?, r.report(ReportId(99))?)))
        .await
        .unwrap();
    let ids: Vec<ReportId> = all.iter().map(|one| one.id).collect();
    assert_eq!(ids, [third, second, first]);
    let (stored, whole) = found.unwrap();
    assert_eq!((stored.made_at, stored.kind.as_str()), (at(2), "skill-gap"));
    assert_eq!(whole, report(2, 7).report.clone());
    assert_eq!(none, None);
    for number in 5..230_u32 {
        save(report(number, (number % 250) as u8)).await;
    }
    let kept = corpus.store.read(|r| r.reports()).await.unwrap();
    assert_eq!(kept.len(), 200);
    assert_eq!(kept.first().map(|one| one.made_at), Some(at(229)));
}

#[tokio::test]
async fn what_is_learned_is_begun_ended_and_begun_again() {
    let corpus = Corpus::new().await;
    let start = async |skill: &'static str, when| {
        let begun = corpus
            .store
            .write(move |tx| tx.start_learning(skill, at(when)));
        begun.await.unwrap()
    };
    let end = async |skill: &'static str, state, when| {
        let ended = corpus
            .store
            .write(move |tx| tx.end_learning(skill, state, at(when)));
        ended.await.unwrap()
    };
    assert!(start("Rust", 1).await);
    assert!(!start("Rust", 2).await, "it is under way");
    assert!(
        !end("Go", LearningState::Dropped, 3).await,
        "nothing to drop"
    );
    assert!(
        end("Git", LearningState::Done, 4).await,
        "known without learning"
    );
    assert!(end("Rust", LearningState::Dropped, 5).await);
    assert!(start("Rust", 6).await);
    let all = corpus.store.read(|r| r.learning()).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|one| (one.skill.as_str(), one.state, one.started_at, one.ended_at))
        .collect();
    assert_eq!(
        told,
        [
            ("Rust", LearningState::Learning, at(6), None),
            ("Git", LearningState::Done, at(4), Some(at(4))),
        ]
    );
}
