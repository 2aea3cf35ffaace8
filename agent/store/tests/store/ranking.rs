//! The real judge over stored briefs: the same input gives the same list.

use std::collections::HashSet;

use agent_core::{
    filter,
    ids::JobId,
    matching::{Brief, Judge, Person, Weights},
    profile::{Fact, Month, Position, Preferences, Profile},
    skill,
};
use agent_store::{
    Enrichment, JobFilter, Narrow, RankKey, ReportJob, ReportScope, Store, StoreError, WriteTx,
};

use crate::support::{Corpus, at, key, space};

fn judge() -> Judge {
    let profile = Profile {
        location: Some("Berlin, Germany".to_owned()),
        skills: ["Rust", "PostgreSQL", "Kubernetes"]
            .map(|text| Fact {
                text: text.to_owned(),
                line: None,
            })
            .to_vec(),
        work: vec![Position {
            title: "Backend Engineer".to_owned(),
            employer: None,
            start: Some(Month {
                year: 2019,
                month: 1,
            }),
            end: None,
            highlights: Vec::new(),
            line: None,
        }],
        ..Profile::default()
    };
    let prefs = Preferences {
        roles: vec!["Backend Engineer".to_owned(), "Data Engineer".to_owned()],
        places: vec!["Berlin".to_owned()],
        ..Preferences::default()
    };
    let today = Month {
        year: 2026,
        month: 6,
    };
    let person = Person::new(profile, prefs, today);
    let vectors: Vec<Vec<f32>> = (0_u8..)
        .zip(person.texts())
        .map(|(n, _)| vec![1.0, 0.1 * f32::from(n), 0.3])
        .collect();
    Judge::new(person, Weights::default(), &vectors)
}

/// Judges all jobs of the store, as the daemon does.
fn rank(tx: &mut WriteTx<'_>, judge: &Judge, key: &RankKey) -> Result<(), StoreError> {
    let weigh = |brief: &[u8]| judge.weigh(&Brief::read(brief).unwrap());
    if !tx.is_ranked_for(key)? {
        let all: Vec<_> = tx
            .briefs(None, 10_000)?
            .iter()
            .map(|one| one.judged(weigh(&one.brief)))
            .collect();
        tx.save_ranking(key, &all)?;
    }
    let judged: Vec<_> = tx
        .queued(&space("a"), 10_000)?
        .iter()
        .map(|one| {
            let brief = Brief::bytes(&one.job, &one.found()).unwrap();
            let standing = weigh(&brief);
            one.judged(brief, standing)
        })
        .collect();
    assert!(tx.save_judged(key, &judged)?);
    tx.count_lists()
}

/// The whole list as bytes: ids, scores bit by bit, reasons.
async fn list(store: &Store) -> Vec<u8> {
    let filter = JobFilter {
        include_failed: true,
        limit: 1_000,
        ..JobFilter::default()
    };
    let list = store.read(move |r| r.list_jobs(&filter)).await.unwrap();
    assert_eq!(list.rows.len(), 300);
    let mut bytes = Vec::new();
    for row in list.rows {
        let standing = row.standing.unwrap();
        bytes.extend(row.id.as_bytes());
        bytes.extend(standing.score.to_bits().to_le_bytes());
        bytes.push(standing.outcome as u8);
        bytes.extend(standing.reason.as_bytes());
    }
    bytes
}

/// The ids of the jobs of a report, each once.
async fn report_jobs(store: &Store, scope: ReportScope) -> HashSet<JobId> {
    let read = store.read(move |reader| {
        let mut ids = HashSet::new();
        let mut last: Option<ReportJob> = None;
        loop {
            let page = reader.report_jobs(&scope, last.as_ref(), 70)?;
            let Some(end) = page.last() else {
                return Ok(ids);
            };
            last = Some(end.clone());
            for job in page {
                assert!(Brief::read(&job.brief).is_ok());
                assert!(ids.insert(job.id), "{} twice", job.id);
            }
        }
    });
    read.await.unwrap()
}

#[tokio::test]
async fn the_same_corpus_and_person_give_the_same_list_to_the_last_byte() {
    let corpus = Corpus::new().await;
    let titles = ["Backend Engineer", "Nurse", "Data Engineer", "Accountant"];
    let texts = [
        "Requirements\n- Rust\n- Kafka",
        "Care for patients.",
        "Requirements\n- PostgreSQL\n- Python\nFluent German is required.",
    ];
    // Twelve kinds of jobs: equal scores in plenty.
    let jobs = (0..300)
        .map(|n| corpus.job(&n.to_string(), titles[n % 4], texts[n % 3]))
        .collect();
    corpus.ingest(1, jobs).await;
    let enriched = corpus.store.write(|tx| {
        for (n, one) in (0..=255_u8)
            .cycle()
            .zip(tx.jobs_to_enrich("1", &space("a"), 0, 1000)?)
        {
            let turn = f32::from(n % 7);
            tx.save_enrichment(&Enrichment {
                job: one.job.id,
                revision: one.revision,
                lexicon: "1",
                skills: &skill::find(&one.job.description),
                space: &space("a"),
                vector: &[1.0, 0.2 * turn, 0.5],
                title_vector: &[0.7, 0.1 * turn, 1.0],
            })?;
        }
        Ok(())
    });
    enriched.await.unwrap();

    let mut lists = Vec::new();
    for revision in 1..=5 {
        let ranked = corpus
            .store
            .write(move |tx| rank(tx, &judge(), &key(revision)));
        ranked.await.unwrap();
        lists.push(list(&corpus.store).await);
    }
    corpus.store.close().await;
    let reopened = corpus.reopen().unwrap();
    lists.push(list(&reopened).await);
    let ranked = reopened.write(|tx| rank(tx, &judge(), &key(6)));
    ranked.await.unwrap();
    lists.push(list(&reopened).await);
    for (run, list) in lists.iter().enumerate() {
        assert!(*list == lists[0], "run {run} differs");
    }

    // A report looks at the same jobs, whatever the pages, or at those of a filter.
    let all = report_jobs(&reopened, ReportScope::default()).await;
    assert_eq!(all.len(), 300);
    let narrow = Some(Narrow {
        filter: filter::parse("title:nurse").unwrap(),
        now: at(9),
    });
    assert_eq!(
        report_jobs(&reopened, ReportScope { narrow }).await.len(),
        75
    );

    // Another wish gives another list: the comparison could fail.
    let ranked = reopened.write(|tx| {
        let nobody = Person::new(
            Profile::default(),
            Preferences::default(),
            Month {
                year: 2026,
                month: 6,
            },
        );
        rank(tx, &Judge::new(nobody, Weights::default(), &[]), &key(7))
    });
    ranked.await.unwrap();
    assert!(list(&reopened).await != lists[0]);
}
