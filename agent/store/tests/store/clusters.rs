use agent_core::{
    cluster::{self, Print, Rule},
    ids::{JobId, SourceId},
    job::Place,
};
use agent_store::{
    Clustered, Created, JobFilter, KnownPrints, NewPrint, RunId, SeenJob, Store, kind,
};

use crate::applying::{id, new, to_submitting};
use crate::support::{self, Corpus, add_board, at, job, start_run};

const TEXT: &str = "You keep the ovens of three bakeries warm and the night shift in good spirits. \
    You knead, shape and score two hundred loaves before the first tram leaves. You order flour \
    from four mills and taste what each of them sends. You teach two apprentices how dough should \
    feel in August and in January. You know when a starter is tired and what to do about it.";

/// Takes all that waits from the queue, as the daemon does.
async fn cluster(store: &Store, second: i64) -> Clustered {
    cluster_on(store, second, KnownPrints::default()).await.0
}

/// The same with what an earlier batch loaded, which it gives back.
async fn cluster_on(
    store: &Store,
    second: i64,
    mut known: KnownPrints,
) -> (Clustered, KnownPrints) {
    store
        .write(move |tx| {
            tx.require_cluster_rules(cluster::VERSION)?;
            let due = tx.jobs_to_cluster(0, 1000)?;
            let prints: Vec<NewPrint> = due
                .iter()
                .map(|due| NewPrint::new(due.job.id, due.revision, Print::of(&due.job)))
                .collect::<Result<_, _>>()?;
            let clustered = tx.cluster(&prints, &mut known, at(second))?;
            assert!(tx.jobs_to_cluster(0, 1)?.is_empty());
            Ok((clustered, known))
        })
        .await
        .unwrap()
}

/// Two boards with one opening, and another one on the first.
struct Boards {
    corpus: Corpus,
    second: SourceId,
    run: RunId,
}

fn in_place(mut seen: SeenJob, city: &str) -> SeenJob {
    seen.job.url = format!("{}-{}", seen.job.url, seen.job.source);
    seen.job.places = vec![Place {
        text: city.to_owned(),
        city: Some(city.to_owned()),
        ..Place::default()
    }];
    seen
}

impl Boards {
    async fn new() -> Self {
        let corpus = Corpus::new().await;
        let second = add_board(&corpus.store, "pinboard").await;
        let run = start_run(&corpus.store, &[second]).await;
        let boards = Self {
            corpus,
            second,
            run,
        };
        let here = boards.corpus.source;
        let cook =
            "Stir soups and plate two hundred lunches with a crew of six in a bright kitchen.";
        boards
            .corpus
            .ingest(
                1,
                vec![
                    in_place(job(here, "1", "Baker", TEXT), "Lyon"),
                    in_place(job(here, "2", "Cook", cook), "Lyon"),
                ],
            )
            .await;
        boards.copy("9", "Baker (m/w/d)", "Lyon").await;
        boards
    }

    async fn copy(&self, id: &str, title: &str, city: &str) {
        let (run, source) = (self.run, self.second);
        let jobs = vec![in_place(job(source, id, title, TEXT), city)];
        self.corpus
            .store
            .write(move |tx| support::ingest(tx, run, source, 2, &jobs))
            .await
            .unwrap();
    }

    fn there(&self, id: &str) -> JobId {
        JobId::of(self.second, id)
    }

    async fn mates(&self, id: JobId) -> Vec<JobId> {
        let mates = self.corpus.store.read(move |r| r.cluster_mates(id)).await;
        mates.unwrap().into_iter().map(|mate| mate.row.id).collect()
    }
}

#[tokio::test]
async fn p7_copies_come_into_one_cluster_with_the_reason_and_others_do_not() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    assert_eq!(cluster(store, 3).await.joined, 1);
    let (baker, cook) = (boards.corpus.id("1"), boards.corpus.id("2"));
    assert_eq!(boards.mates(baker).await, [boards.there("9")]);
    assert_eq!(boards.mates(cook).await, []);
    let mates = store.read(move |r| r.cluster_mates(baker)).await.unwrap();
    let link = mates[0].link.clone().unwrap();
    assert_eq!(link.rule, Rule::Text);
    assert!(
        link.similarity > 0.9 && !link.because.is_empty(),
        "{link:?}"
    );
    let events = boards.corpus.events().await;
    let joined = events.iter().filter(|(of, _)| of == kind::JOB_JOINED);
    assert_eq!(joined.count(), 1);
    // Nothing waits, so nothing is done twice.
    assert_eq!(cluster(store, 4).await, Clustered::default());
}

#[tokio::test]
async fn a_list_has_one_row_for_an_opening_and_names_the_other_board() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    let filter = JobFilter {
        limit: 10,
        ..JobFilter::default()
    };
    let list = || {
        let filter = filter.clone();
        store.read(move |r| r.list_jobs(&filter))
    };
    let before = list().await.unwrap();
    assert_eq!((before.rows.len(), before.total, before.folded), (3, 3, 0));
    cluster(store, 3).await;
    let after = list().await.unwrap();
    assert_eq!((after.rows.len(), after.total, after.folded), (2, 2, 1));
    let baker = after.rows.iter().find(|row| row.title.starts_with("Baker"));
    let also = &baker.unwrap().also_at;
    assert_eq!(also.len(), 1);
    assert!(also[0].board.starts_with("https://boards.example/"));
    // A list of one board has what stands on that board.
    let only = JobFilter {
        source: Some(boards.second),
        ..filter.clone()
    };
    let only = store.read(move |r| r.list_jobs(&only)).await.unwrap();
    assert_eq!((only.rows.len(), only.folded), (1, 0));
}

#[tokio::test]
async fn a_split_and_a_join_of_the_person_hold_against_later_pages() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    cluster(store, 3).await;
    let (baker, copy, cook) = (
        boards.corpus.id("1"),
        boards.there("9"),
        boards.corpus.id("2"),
    );
    let from = store
        .write(move |tx| tx.split_job(copy, at(4)))
        .await
        .unwrap();
    assert_eq!(from, [baker]);
    assert!(store.read(move |r| r.is_split(copy)).await.unwrap());
    assert!(!store.read(move |r| r.is_split(cook)).await.unwrap());
    store
        .write(move |tx| tx.join_jobs(cook, baker, at(4)))
        .await
        .unwrap();
    assert_eq!(boards.mates(baker).await, [cook]);

    // The copy says something new, and another copy of it appears.
    let next = start_run(store, &[boards.second]).await;
    let source = boards.second;
    let changed = vec![in_place(
        job(source, "9", "Baker", &format!("{TEXT} Start in May.")),
        "Lyon",
    )];
    store
        .write(move |tx| support::ingest(tx, next, source, 5, &changed))
        .await
        .unwrap();
    cluster(store, 6).await;
    assert_eq!(boards.mates(copy).await, []);
    assert_eq!(boards.mates(baker).await, [cook]);

    // The last word counts.
    store
        .write(move |tx| tx.join_jobs(copy, baker, at(7)))
        .await
        .unwrap();
    assert_eq!(boards.mates(copy).await.len(), 2);
    assert_eq!(
        store
            .write(move |tx| tx.split_job(cook, at(8)))
            .await
            .unwrap()
            .len(),
        2
    );
    assert_eq!(boards.mates(copy).await, [baker]);
}

#[tokio::test]
async fn a_closed_opening_that_is_posted_again_is_counted_and_is_not_new() {
    let mut boards = Boards::new().await;
    cluster(&boards.corpus.store, 3).await;
    let here = boards.corpus.source;
    boards.corpus.next_run().await;
    boards
        .corpus
        .ingest(100, vec![in_place(job(here, "3", "Baker", TEXT), "Lyon")])
        .await;
    let run = boards.corpus.run;
    let store = &boards.corpus.store;
    let closed = store
        .write(move |tx| tx.close_unseen(run, here, at(101)))
        .await
        .unwrap();
    assert_eq!(closed.len(), 2);
    let clustered = cluster(store, 102).await;
    assert_eq!(clustered.reposted, 1, "{clustered:?}");
    let again = boards.corpus.id("3");
    let stored = store.read(move |r| r.job(again)).await.unwrap().unwrap();
    assert_eq!(stored.sightings.reposts, 1);
    assert_eq!(boards.mates(again).await.len(), 2);
    // Asked once more, it is not counted once more.
    store
        .write(|tx| tx.require_cluster_rules(cluster::VERSION + 1))
        .await
        .unwrap();
    assert_eq!(cluster(store, 103).await.reposted, 0);
    let stored = store.read(move |r| r.job(again)).await.unwrap().unwrap();
    assert_eq!(stored.sightings.reposts, 1);
}

#[tokio::test]
async fn a_copy_that_is_changed_into_another_opening_leaves_its_cluster() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    cluster(store, 3).await;
    let next = start_run(store, &[boards.second]).await;
    let source = boards.second;
    let moved = vec![in_place(job(source, "9", "Baker", TEXT), "Lille")];
    store
        .write(move |tx| support::ingest(tx, next, source, 5, &moved))
        .await
        .unwrap();
    cluster(store, 6).await;
    assert_eq!(boards.mates(boards.corpus.id("1")).await, []);
}

#[tokio::test]
async fn prints_of_an_earlier_batch_hold_unless_another_came_between() {
    for came_between in [false, true] {
        let mut boards = Boards::new().await;
        let (_, mut known) = cluster_on(&boards.corpus.store, 3, KnownPrints::default()).await;
        boards.run = start_run(&boards.corpus.store, &[boards.second]).await;
        boards.copy("9", "Baker (m/w/d)", "Lille").await;
        boards.corpus.next_run().await;
        let store = &boards.corpus.store;
        if came_between {
            cluster(store, 4).await;
        } else {
            known = cluster_on(store, 4, known).await.1;
        }
        // The baker is looked at once more, beside what was the copy.
        let here = boards.corpus.source;
        let mut again = in_place(job(here, "1", "Baker", TEXT), "Lyon");
        again.job.department = Some("Night shift".to_owned());
        boards.corpus.ingest(5, vec![again]).await;
        assert_eq!(cluster_on(store, 6, known).await.0, Clustered::default());
        assert_eq!(boards.mates(boards.corpus.id("1")).await, []);
    }
}

#[tokio::test]
async fn p2_an_opening_is_sent_to_once_through_whichever_posting() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    let of_job = |number: u8, job: JobId| agent_store::NewApplication {
        job: Some(job),
        ..new(number, &format!("opening-{number}"), 0)
    };
    let (baker, copy, cook) = (
        boards.corpus.id("1"),
        boards.there("9"),
        boards.corpus.id("2"),
    );
    let begun = [of_job(1, baker), of_job(2, copy), of_job(3, cook)];
    store
        .write(move |tx| {
            for application in &begun {
                assert_eq!(tx.create_application(application)?, Created::New);
            }
            Ok(())
        })
        .await
        .unwrap();
    // Both were begun before it was known that the postings are one opening.
    cluster(store, 3).await;
    let (digest, intent) = store.write(|tx| to_submitting(tx, 1, 1)).await.unwrap();
    assert_eq!(intent.0, 1, "{digest}");
    let sent = store.read(move |r| r.sent_through_other(copy, id(2))).await;
    assert_eq!(sent.unwrap().map(|sent| sent.id), Some(id(1)));
    let refused = store.write(|tx| to_submitting(tx, 2, 2)).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("another posting of this opening"),
        "{refused}"
    );
    // Another opening is sent to, and so is this one when the person splits it off.
    store.write(|tx| to_submitting(tx, 3, 3)).await.unwrap();
    store
        .write(move |tx| tx.split_job(copy, at(4)))
        .await
        .unwrap();
    store.write(|tx| to_submitting(tx, 2, 2)).await.unwrap();
}

#[tokio::test]
async fn p2_what_was_begun_through_one_posting_is_found_through_the_other() {
    let boards = Boards::new().await;
    let store = &boards.corpus.store;
    cluster(store, 3).await;
    let (baker, copy, cook) = (
        boards.corpus.id("1"),
        boards.there("9"),
        boards.corpus.id("2"),
    );
    let begun = agent_store::NewApplication {
        job: Some(baker),
        ..new(1, "opening", 0)
    };
    store
        .write(move |tx| tx.create_application(&begun))
        .await
        .unwrap();
    for (job, expected) in [(baker, Some(id(1))), (copy, Some(id(1))), (cook, None)] {
        let found = store.read(move |r| r.application_of_cluster(job)).await;
        assert_eq!(found.unwrap().map(|found| found.id), expected);
    }
}
