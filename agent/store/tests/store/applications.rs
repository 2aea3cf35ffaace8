use agent_core::{
    application::{Event, PersonStop, Stage, transition},
    ids::ApplicationId,
};
use agent_store::{
    Application, ApplicationFilter, Created, EventId, Found, NewApplication, QUEUE_LIFE, Refusal,
    Step, StoreError,
};

use crate::{
    applying::{create, id, new, refusal, step, to_review, to_submitting},
    support::{Corpus, at},
};

#[tokio::test]
async fn p2_an_opening_has_one_application_that_is_alive_or_was_sent() {
    let corpus = Corpus::new().await;
    let (again, other, freed, restored, of_opening) = corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let again = tx.create_application(&new(1, "other opening", 1))?;
            let other = tx.create_application(&new(2, "acme baker", 1))?;
            step(tx, 1, &Event::PersonDiscarded { reason: None }, 2)?;
            let freed = tx.create_application(&new(2, "acme baker", 3))?;
            let restored = step(tx, 1, &Event::PersonRestored, 4);
            Ok((
                again,
                other,
                freed,
                refusal(restored),
                tx.application_of_opening("acme baker")?.unwrap(),
            ))
        })
        .await
        .unwrap();
    let exists = Created::Exists {
        id: id(1),
        stage: "proposed",
    };
    assert_eq!((again, other, freed), (exists, exists, Created::New));
    let taken = Refusal::OpeningTaken {
        opening: "acme baker".to_owned(),
        by: id(2),
        stage: "proposed",
    };
    assert_eq!((restored, of_opening.id), (taken, id(2)));
}

#[tokio::test]
async fn a_step_from_an_older_revision_is_refused_and_changes_nothing() {
    let corpus = Corpus::new().await;
    let (read, refused) = corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            let read = tx.application(id(1))?.unwrap();
            step(tx, 1, &Event::DraftingStarted, 1)?;
            let event = Event::PersonDiscarded { reason: None };
            let next = transition(&read.state, &event).unwrap().next;
            let stale = Step {
                application: read.id,
                revision: read.revision,
                event: &event,
                next: &next,
                at: at(2),
            };
            Ok((read, refusal(tx.put_application(&stale))))
        })
        .await
        .unwrap();
    assert_eq!(read.revision, 1);
    assert_eq!(refused, Refusal::Stale { application: id(1) });
    let now = corpus.store.read(|r| r.application(id(1))).await.unwrap();
    let now = now.unwrap();
    assert_eq!((now.stage(), now.revision), ("drafting", 2));
    assert_eq!((now.created_at, now.changed_at), (at(0), at(1)));
}

#[tokio::test]
async fn p8_a_step_that_fails_later_leaves_neither_state_nor_event() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| create(tx, 1, "acme baker"))
        .await
        .unwrap();
    let before = corpus.store.read(|r| r.last_event_id()).await.unwrap();
    let failed = corpus
        .store
        .write(|tx| {
            to_submitting(tx, 1, 1)?;
            Err::<(), _>(StoreError::PageKey)
        })
        .await;
    assert!(matches!(failed, Err(StoreError::PageKey)));
    let panicked = corpus
        .store
        .write(|tx| {
            to_submitting(tx, 1, 1)?;
            panic!("on purpose") as Result<(), StoreError>
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::Panicked { .. })));
    let (stage, after, manifests, approval, intents) = corpus
        .store
        .read(|r| {
            Ok((
                r.application(id(1))?.unwrap().stage(),
                r.last_event_id()?,
                r.manifests_of(id(1))?,
                r.live_approval(id(1))?,
                r.open_intents()?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((stage, after), ("proposed", before));
    assert!(manifests.is_empty() && approval.is_none() && intents.is_empty());
    corpus
        .store
        .write(|tx| to_submitting(tx, 1, 1))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_history_tells_each_step_and_of_no_other_application() {
    let corpus = Corpus::new().await;
    let history = corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            step(tx, 1, &Event::DraftingStarted, 1)?;
            let reason = Some("too far".to_owned());
            step(tx, 1, &Event::PersonDiscarded { reason }, 2)?;
            tx.application_history(id(1))
        })
        .await
        .unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|told| (told.event.kind.as_str(), told.event.at))
        .collect();
    let expected = [
        ("application.created", at(0)),
        ("application.drafting-started", at(1)),
        ("application.person-discarded", at(2)),
    ];
    assert_eq!(told, expected);
    let last = &history[2].event;
    assert_eq!(last.text, "Baker · Acme");
    assert_eq!(
        (&last.detail["from"], &last.detail["to"]),
        (&"drafting".into(), &"discarded".into())
    );
    assert_eq!(last.detail["event"]["reason"], "too far");
}

#[tokio::test]
async fn an_item_of_the_queue_waits_fourteen_days_and_a_restart_gives_no_more() {
    let corpus = Corpus::new().await;
    let (waiting, restarted, drafting) = corpus
        .store
        .write(|tx| {
            create(tx, 1, "acme baker")?;
            create(tx, 2, "acme cook")?;
            to_review(tx, 1, 1)?;
            let waiting = tx.application(id(1))?.unwrap();
            step(tx, 1, &Event::DaemonRestarted { forwarded: 0 }, 500)?;
            step(tx, 2, &Event::DraftingStarted, 5)?;
            Ok((
                waiting,
                tx.application(id(1))?.unwrap(),
                tx.application(id(2))?.unwrap(),
            ))
        })
        .await
        .unwrap();
    let ends = at(2) + QUEUE_LIFE;
    let times = |row: &Application| (row.waiting_since, row.expires_at);
    assert_eq!(times(&waiting), (Some(at(2)), Some(ends)));
    assert_eq!(times(&restarted), (Some(at(2)), Some(ends)));
    assert_eq!(times(&drafting), (None, None));
    let due = |after: i64| {
        let now = ends + jiff::SignedDuration::from_secs(after);
        corpus.store.read(move |r| r.due_applications(now))
    };
    assert_eq!(due(-1).await.unwrap(), []);
    assert_eq!(due(0).await.unwrap(), [restarted]);
    corpus
        .store
        .write(move |tx| {
            step(tx, 1, &Event::QueueLapsed, 2_000_000).map(|next| {
                assert!(matches!(next.stage, Stage::Closed { .. }));
            })
        })
        .await
        .unwrap();
    assert_eq!(due(9).await.unwrap(), []);
}

#[tokio::test]
async fn lists_page_through_each_application_once_and_by_stage() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            for number in 1..=7 {
                // Three share each second, so the id decides too.
                let second = i64::from(number) / 3;
                tx.create_application(&new(number, &format!("opening {number}"), second))?;
            }
            step(tx, 3, &Event::DraftingStarted, 9)?;
            step(tx, 5, &Event::DraftingStarted, 9)?;
            let stop = PersonStop::Captcha;
            step(tx, 5, &Event::PersonNeeded { stop }, 9).map(drop)
        })
        .await
        .unwrap();
    let pages = |stages: &'static [&'static str], limit: u32| {
        corpus.store.read(move |r| {
            let mut filter = ApplicationFilter {
                stages: stages.to_vec(),
                limit,
                after: None,
            };
            let (mut ids, mut pages) = (Vec::new(), 0);
            loop {
                let page = r.applications(&filter)?;
                ids.extend(page.rows.iter().map(|row| row.id));
                pages += 1;
                match page.next {
                    Some(next) => filter.after = Some(next.to_string().parse()?),
                    None => return Ok((ids, page.total, pages)),
                }
            }
        })
    };
    let ids = |numbers: &[u8]| numbers.iter().copied().map(id).collect::<Vec<_>>();
    let newest_first = ids(&[7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(pages(&[], 3).await.unwrap(), (newest_first.clone(), 7, 3));
    assert_eq!(pages(&[], 7).await.unwrap(), (newest_first, 7, 1));
    let begun: &[&str] = &["drafting", "needs-person"];
    assert_eq!(pages(begun, 1).await.unwrap(), (ids(&[5, 3]), 2, 2));
    assert_eq!(pages(&["offer"], 5).await.unwrap(), (vec![], 0, 1));
    let counts = corpus.store.read(|r| r.application_counts()).await.unwrap();
    let expected = [("drafting", 1), ("needs-person", 1), ("proposed", 5)];
    assert_eq!(counts, expected);
}

#[tokio::test]
async fn applications_are_found_by_posting_and_a_closed_posting_by_those_unsent() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let (job, source) = (corpus.id("1"), corpus.source);
    let of_job = move |number: u8, opening: &str| NewApplication {
        job: Some(job),
        ..new(number, opening, i64::from(number))
    };
    let (discarded_only, living, open, unknown) = corpus
        .store
        .write(move |tx| {
            tx.create_application(&of_job(1, "one"))?;
            step(tx, 1, &Event::PersonDiscarded { reason: None }, 2)?;
            let discarded_only = tx.application_of_job(job)?.unwrap().id;
            tx.create_application(&of_job(2, "two"))?;
            tx.create_application(&of_job(3, "three"))?;
            to_submitting(tx, 3, 1)?;
            tx.create_application(&of_job(4, "four"))?;
            step(tx, 4, &Event::PersonDiscarded { reason: None }, 5)?;
            let open = tx.open_applications_of_job(job)?;
            assert_eq!(tx.applications_of_closed_jobs()?, []);
            tx.close_source(source, at(9))?;
            assert_eq!(tx.applications_of_closed_jobs()?, open);
            Ok((
                discarded_only,
                tx.application_of_job(job)?.unwrap().id,
                open.iter().map(|row| row.id).collect::<Vec<_>>(),
                tx.application_of_job(agent_core::ids::JobId::from_bytes([1; 16]))?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((discarded_only, living), (id(1), id(3)));
    assert_eq!((open, unknown), (vec![id(2)], None));
}

#[tokio::test]
async fn a_short_prefix_names_an_application() {
    let corpus = Corpus::new().await;
    let near = ApplicationId::from_bytes(std::array::from_fn(|n| if n < 3 { 1 } else { 9 }));
    let found = corpus
        .store
        .write(move |tx| {
            create(tx, 1, "one")?;
            create(tx, 0xa1, "two")?;
            tx.create_application(&NewApplication {
                id: near,
                ..new(2, "three", 0)
            })?;
            let row = |id| Ok::<_, StoreError>(tx.application(id)?.unwrap().short_id());
            assert_eq!(row(id(1))?, "01010101");
            assert_eq!(row(id(0xa1))?, "a1a1");
            let find = |prefix| tx.application_by_prefix(prefix);
            Ok((find("0101")?, find("A1")?, find("ff")?, find("")?))
        })
        .await
        .unwrap();
    let expected = (
        Found::Many(vec![id(1), near]),
        Found::One(id(0xa1)),
        Found::None,
        Found::None,
    );
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_application_that_is_not_there_is_said_to_be_missing() {
    let corpus = Corpus::new().await;
    let (none, error, last) = corpus
        .store
        .write(|tx| {
            let next = agent_core::application::State::default();
            let step = Step {
                application: id(1),
                revision: 1,
                event: &Event::PersonRestored,
                next: &next,
                at: at(1),
            };
            let none = tx.application(id(1))?;
            Ok((none, tx.put_application(&step), tx.last_event_id()?))
        })
        .await
        .unwrap();
    assert_eq!((none, last), (None, EventId(0)));
    assert!(matches!(error, Err(StoreError::Missing { .. })));
}
