//! What the modules share: a store in a directory of its own, jobs, times.

use agent_core::{
    ids::{ContentHash, JobId, SourceId},
    job::{Job, JobFacts, Posting, Workplace},
    matching::{Outcome, Standing},
};
use agent_store::{
    Event, EventId, Ingested, JobPage, NewRun, NewSource, RankKey, RunId, SeenJob, Store,
    StoreError, StoreOptions, VectorSpace, WriteTx,
};
use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

/// A store with one board and a run over it.
pub(crate) struct Corpus {
    pub(crate) store: Store,
    pub(crate) source: SourceId,
    pub(crate) run: RunId,
    directory: TempDir,
}

impl Corpus {
    pub(crate) async fn new() -> Self {
        Self::with(&StoreOptions::default()).await
    }

    pub(crate) async fn with(options: &StoreOptions) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("agent.db");
        let store = Store::open_with(&path, options).unwrap();
        let source = add_board(&store, "acme").await;
        let run = start_run(&store, &[source]).await;
        Self {
            store,
            source,
            run,
            directory,
        }
    }

    /// Starts the next run over the board, as the next sync does.
    pub(crate) async fn next_run(&mut self) {
        self.run = start_run(&self.store, &[self.source]).await;
    }

    pub(crate) async fn ingest(&self, second: i64, jobs: Vec<SeenJob>) -> Ingested {
        let (run, source) = (self.run, self.source);
        self.store
            .write(move |tx| ingest(tx, run, source, second, &jobs))
            .await
            .unwrap()
    }

    pub(crate) fn job(&self, id: &str, title: &str, description: &str) -> SeenJob {
        job(self.source, id, title, description)
    }

    pub(crate) fn id(&self, external_id: &str) -> JobId {
        JobId::of(self.source, external_id)
    }

    /// Kinds and texts of all events.
    pub(crate) async fn events(&self) -> Vec<(String, String)> {
        let events: Vec<Event> = self
            .store
            .read(|r| r.events_after(EventId(0), 100_000))
            .await
            .unwrap();
        events
            .into_iter()
            .map(|event| (event.event.kind, event.event.text))
            .collect()
    }

    /// Closes the store and gives a plain connection to its file.
    pub(crate) async fn raw(&self) -> Connection {
        self.store.close().await;
        Connection::open(self.store.path()).unwrap()
    }

    pub(crate) fn reopen(&self) -> Result<Store, StoreError> {
        Store::open(self.directory.path().join("agent.db"))
    }
}

pub(crate) fn ingest(
    tx: &mut WriteTx<'_>,
    run: RunId,
    source: SourceId,
    second: i64,
    jobs: &[SeenJob],
) -> Result<Ingested, StoreError> {
    tx.ingest(&JobPage {
        run,
        source,
        at: at(second),
        fetched_from: Some("https://boards.example/acme"),
        jobs,
    })
}

pub(crate) async fn add_board(store: &Store, key: &str) -> SourceId {
    let new = NewSource {
        plugin: "greenhouse".to_owned(),
        key: key.to_owned(),
        url: format!("https://boards.example/{key}"),
        company: key.to_uppercase(),
    };
    store
        .write(move |tx| tx.add_source(&new, at(0)))
        .await
        .unwrap()
}

pub(crate) async fn start_run(store: &Store, sources: &[SourceId]) -> RunId {
    let new = NewRun {
        kind: "sync".to_owned(),
        at: at(0),
        sources: sources.to_vec(),
    };
    store.write(move |tx| tx.start_run(&new)).await.unwrap()
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(crate) fn job(source: SourceId, id: &str, title: &str, description: &str) -> SeenJob {
    let url = format!("https://boards.example/acme/{id}");
    SeenJob {
        job: Job {
            id: JobId::of(source, id),
            source,
            external_id: id.to_owned(),
            url: url.clone(),
            apply_url: None,
            title: title.to_owned(),
            company: "Acme".to_owned(),
            places: Vec::new(),
            workplace: Workplace::default(),
            level: None,
            pay: None,
            employment: None,
            department: None,
            team: None,
            language: None,
            description: description.to_owned(),
            content_hash: ContentHash::of(description),
            posted_on: None,
            closes_on: None,
            requisition_id: None,
            group_id: None,
            benefits: Vec::new(),
            industry: None,
            company_size: None,
            agency: None,
            facts: JobFacts::default(),
        },
        posting: Posting {
            external_id: id.to_owned(),
            url,
            title: title.to_owned(),
            description_text: Some(description.to_owned()),
            ..Posting::default()
        },
    }
}

pub(crate) fn standing(outcome: Outcome, score: f64) -> Standing {
    Standing {
        outcome,
        score,
        reason: format!("scored {score}"),
    }
}

pub(crate) fn key(profile_revision: i64) -> RankKey {
    RankKey {
        profile_revision,
        ranker: "1".to_owned(),
        weights: "w".to_owned(),
    }
}

/// A space of three numbers.
pub(crate) fn space(name: &str) -> VectorSpace {
    VectorSpace {
        name: name.to_owned(),
        dims: 3,
    }
}

/// Judges what is due for `key`; gives how many jobs that were. What a job is
/// given depends on the job alone.
pub(crate) fn rank(
    tx: &mut WriteTx<'_>,
    key: &RankKey,
    judge: impl Fn(&str) -> Standing,
) -> Result<usize, StoreError> {
    let mut done = 0;
    if !tx.is_ranked_for(key)? {
        let (mut all, mut next) = (Vec::new(), tx.briefs(None, 3)?);
        while let Some(last) = next.last().cloned() {
            let title = |brief: &[u8]| String::from_utf8(brief.to_vec()).unwrap();
            all.extend(next.iter().map(|one| one.judged(judge(&title(&one.brief)))));
            next = tx.briefs(Some(&last), 3)?;
        }
        done += all.len();
        tx.save_ranking(key, &all)?;
    }
    let queued = tx.queued(&space("a"), 10_000)?;
    assert_eq!(queued.len() as u32, tx.count_queued()?);
    let judged: Vec<_> = queued
        .iter()
        .map(|one| {
            let title = &one.job.title;
            one.judged(title.clone().into_bytes(), judge(title))
        })
        .collect();
    assert!(tx.save_judged(key, &judged)?);
    Ok(done + judged.len())
}
