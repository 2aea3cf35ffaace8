use agent_core::{health::Reading, job::Posting};
use agent_store::{
    DetailEnd, Detailed, DirectoryCheck, JobPage, LearnedBoard, NewSource, ReadingState, RunId,
    SeenJob, SourceReading, Store, kind,
};

use crate::support::{Corpus, add_board, at, job, start_run};

fn reading(corpus: &Corpus, run: RunId, postings: u32, state: ReadingState) -> SourceReading {
    SourceReading {
        source: corpus.source,
        run,
        at: at(run.0),
        state,
        reading: Reading {
            postings,
            ..Reading::default()
        },
        alarms: match state {
            ReadingState::Fine => Vec::new(),
            _ => vec![format!("{postings} where there were more")],
        },
    }
}

async fn keep(store: &Store, kept: SourceReading) {
    store.write(move |tx| tx.save_reading(&kept)).await.unwrap();
}

#[tokio::test]
async fn a_baseline_leaves_out_alarms_and_begins_anew_where_one_was_confirmed() {
    let mut corpus = Corpus::new().await;
    let source = corpus.source;
    let counts = |corpus: &Corpus| {
        let store = corpus.store.clone();
        async move {
            let kept = store
                .read(move |r| Ok((r.baseline_readings(source)?, r.source(source)?)))
                .await
                .unwrap();
            let counts: Vec<u32> = kept.0.iter().map(|reading| reading.postings).collect();
            (counts, kept.1.unwrap().alarms)
        }
    };
    for (postings, state, expected) in [
        (240, ReadingState::Fine, vec![240]),
        (236, ReadingState::Fine, vec![236, 240]),
        (0, ReadingState::Alarm, vec![236, 240]),
        (0, ReadingState::Confirmed, vec![0]),
        (2, ReadingState::Fine, vec![2, 0]),
        (200, ReadingState::Accepted, vec![200]),
    ] {
        keep(&corpus.store, reading(&corpus, corpus.run, postings, state)).await;
        let (found, alarms) = counts(&corpus).await;
        assert_eq!(found, expected, "{postings} {state:?}");
        assert_eq!(
            alarms.is_empty(),
            state != ReadingState::Alarm,
            "only an alarm that stands is told: {alarms:?}"
        );
        let last = corpus
            .store
            .read(move |r| r.last_reading(source))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((last.state, last.reading.postings), (state, postings));
        corpus.next_run().await;
    }
    for _ in 0..20 {
        keep(
            &corpus.store,
            reading(&corpus, corpus.run, 7, ReadingState::Fine),
        )
        .await;
        corpus.next_run().await;
    }
    assert_eq!(counts(&corpus).await.0, vec![7; 10]);
}

fn listed(corpus: &Corpus, id: &str, posted: &str) -> SeenJob {
    let mut seen = corpus.job(id, "Baker", "");
    seen.posting.description_text = None;
    seen.job.posted_on = posted.parse().ok();
    seen
}

/// Takes a page in whose postings have no description.
async fn list(corpus: &Corpus, jobs: Vec<SeenJob>) {
    let noted: Vec<_> = jobs
        .iter()
        .map(|seen| (seen.job.id, seen.posting.listing_hash()))
        .collect();
    corpus.ingest(1, jobs).await;
    corpus
        .store
        .write(move |tx| {
            noted
                .into_iter()
                .try_for_each(|(id, hash)| tx.note_undescribed(id, hash))
        })
        .await
        .unwrap();
}

async fn wanted(corpus: &Corpus) -> Vec<String> {
    let (run, source) = (corpus.run, corpus.source);
    let wanted = corpus
        .store
        .read(move |r| {
            let wanted = r.wanted_details(run, source, 10)?;
            assert_eq!(
                r.wanted_details_count(run, source)?,
                u32::try_from(wanted.len()).unwrap()
            );
            Ok(wanted)
        })
        .await
        .unwrap();
    wanted
        .into_iter()
        .map(|wanted| wanted.external_id)
        .collect()
}

/// How the page of `id` ended in the present run.
enum End {
    Read(&'static str),
    Gone,
    Failed,
}

async fn take(corpus: &Corpus, id: &'static str, end: End) -> Detailed {
    let (run, source) = (corpus.run, corpus.source);
    corpus
        .store
        .write(move |tx| {
            let page = JobPage {
                run,
                source,
                at: at(9),
                fetched_from: None,
                jobs: &[],
            };
            let words = match end {
                End::Read(words) => words,
                End::Gone | End::Failed => "",
            };
            let whole = job(source, id, "Baker", words);
            let stated = Posting {
                description_text: Some(words.to_owned()),
                ..Posting::default()
            };
            let end = match end {
                End::Read(_) => DetailEnd::Read {
                    whole: &whole,
                    page: &stated,
                },
                End::Gone => DetailEnd::Gone,
                End::Failed => DetailEnd::Failed,
            };
            tx.take_detail(&page, whole.job.id, end)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn pages_are_wanted_newest_first_and_again_when_the_list_says_something_else() {
    let mut corpus = Corpus::new().await;
    let all = |corpus: &Corpus, described: Option<&str>| {
        vec![
            listed(corpus, "old", "2026-01-01"),
            described.map_or_else(
                || listed(corpus, "new", "2026-03-01"),
                // As the caller puts list and page together.
                |words| corpus.job("new", "Baker", words),
            ),
            listed(corpus, "undated", ""),
        ]
    };
    list(&corpus, all(&corpus, None)).await;
    assert_eq!(wanted(&corpus).await, ["new", "old", "undated"]);
    assert_eq!(
        take(&corpus, "new", End::Read("Bread.")).await,
        Detailed::Described
    );
    assert_eq!(take(&corpus, "old", End::Gone).await, Detailed::Closed);
    assert_eq!(
        take(&corpus, "undated", End::Failed).await,
        Detailed::Unchanged
    );
    assert_eq!(
        wanted(&corpus).await,
        [""; 0],
        "each is asked once in a run"
    );
    let (run, source, new) = (corpus.run, corpus.source, corpus.id("new"));
    let (tried, kept, described) = corpus
        .store
        .read(move |r| {
            Ok((
                r.details_tried(run, source)?,
                r.kept_detail(new)?,
                r.job(new)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(tried, 3);
    assert_eq!(
        kept.unwrap().read_for,
        listed(&corpus, "new", "").posting.listing_hash()
    );
    let described = described.unwrap();
    assert_eq!(
        (described.job.description.as_str(), described.versions),
        ("Bread.", 1)
    );

    // The next run: what was read stays read, what failed is tried again.
    corpus.next_run().await;
    list(&corpus, all(&corpus, Some("Bread."))).await;
    assert_eq!(wanted(&corpus).await, ["undated"]);
    for _ in 0..2 {
        take(&corpus, "undated", End::Failed).await;
        corpus.next_run().await;
        list(&corpus, all(&corpus, Some("Bread."))).await;
    }
    assert_eq!(wanted(&corpus).await, [""; 0], "three failures are enough");
    let mut renamed = listed(&corpus, "undated", "");
    renamed.posting.title = "Head baker".to_owned();
    list(&corpus, vec![renamed]).await;
    assert_eq!(wanted(&corpus).await, ["undated"], "it is another list now");
    assert_eq!(
        take(&corpus, "new", End::Read("Rolls.")).await,
        Detailed::Changed
    );
    assert_eq!(
        take(&corpus, "new", End::Read("Rolls.")).await,
        Detailed::Unchanged
    );
    let kinds: Vec<String> = corpus
        .events()
        .await
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
    let times = |of: &str| kinds.iter().filter(|kind| *kind == of).count();
    assert_eq!(
        (
            times(kind::JOB_DESCRIBED),
            times(kind::JOB_CLOSED),
            times(kind::JOB_CHANGED)
        ),
        (1, 1, 1),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn a_board_that_a_posting_names_is_proposed_until_it_is_followed() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(
            1,
            vec![corpus.job("1", "Baker", "Apply at https://jobs.lever.co/brindille")],
        )
        .await;
    let learned = LearnedBoard {
        plugin: "lever".to_owned(),
        key: "brindille".to_owned(),
        url: "https://jobs.lever.co/brindille".to_owned(),
        company: "Brindille".to_owned(),
    };
    let unread = corpus.store.read(|r| r.unread_links(10)).await.unwrap();
    assert_eq!(unread.len(), 1);
    let (first, kept) = (unread.into_iter().next().unwrap(), learned.clone());
    assert!(first.description.contains("lever.co"));
    corpus
        .store
        .write(move |tx| tx.save_links(&first, &[kept], at(2)))
        .await
        .unwrap();
    let proposals = || {
        corpus.store.read(|r| {
            Ok((
                r.proposed_boards(10)?,
                r.proposed_count()?,
                r.unread_links(10)?,
            ))
        })
    };
    let (found, count, unread) = proposals().await.unwrap();
    assert_eq!((count, unread.len()), (1, 0));
    assert_eq!(found[0].board, learned);
    assert_eq!(found[0].named_by, "Baker · Acme");
    // Known for one job only, it is proposed all the same; followed, it is not,
    // and neither after the person stopped it.
    let new = NewSource {
        plugin: learned.plugin.clone(),
        key: learned.key.clone(),
        url: learned.url.clone(),
        company: learned.company.clone(),
    };
    let known = new.clone();
    let id = corpus
        .store
        .write(move |tx| tx.know_source(&known, at(3)))
        .await
        .unwrap();
    assert_eq!(proposals().await.unwrap().1, 1);
    let followed = corpus.store.read(|r| r.sources()).await.unwrap();
    assert!(followed.iter().all(|row| row.id != id));
    corpus
        .store
        .write(move |tx| tx.add_source(&new, at(4)))
        .await
        .unwrap();
    assert_eq!(proposals().await.unwrap().1, 0);
    corpus
        .store
        .write(move |tx| tx.remove_source(id, at(5)))
        .await
        .unwrap();
    assert_eq!(proposals().await.unwrap().1, 0);
}

#[tokio::test]
async fn a_followed_board_that_becomes_known_stays_followed() {
    let corpus = Corpus::new().await;
    let id = add_board(&corpus.store, "second").await;
    let new = NewSource {
        plugin: "greenhouse".to_owned(),
        key: "second".to_owned(),
        url: "https://elsewhere.example".to_owned(),
        company: "Other".to_owned(),
    };
    let known = corpus
        .store
        .write(move |tx| tx.know_source(&new, at(3)))
        .await
        .unwrap();
    assert_eq!(known, id);
    let row = corpus
        .store
        .read(move |r| r.source(id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.removed_at, row.company.as_str()), (None, "SECOND"));
    let run = start_run(&corpus.store, &[id]).await;
    let unseen = corpus
        .store
        .read(move |r| r.unseen_count(run, id))
        .await
        .unwrap();
    assert_eq!(unseen, 0);
}

#[tokio::test]
async fn the_last_answer_of_a_board_of_the_directory_is_kept() {
    let corpus = Corpus::new().await;
    let url = "https://jobs.lever.co/brindille";
    for (second, openings, error) in [(1, Some(12), None), (2, None, Some("gone".to_owned()))] {
        let check = DirectoryCheck {
            url: url.to_owned(),
            checked_at: at(second),
            openings,
            error,
        };
        let kept = check.clone();
        corpus
            .store
            .write(move |tx| tx.save_directory_check(&kept))
            .await
            .unwrap();
        let found = corpus
            .store
            .read(move |r| r.directory_check(url))
            .await
            .unwrap();
        assert_eq!(found, Some(check));
    }
    let none = corpus
        .store
        .read(|r| r.directory_check("https://x.example"))
        .await
        .unwrap();
    assert_eq!(none, None);
}
