use agent_approval::Sha256;
use agent_core::ids::{JobId, SourceId};
use agent_store::NewLetter;
use serde_json::json;

use crate::support::{Corpus, at};

fn letter(text: &str, from: &[u8], second: i64) -> NewLetter {
    NewLetter {
        bytes: text.as_bytes().to_vec(),
        made_from: Sha256::of(from),
        job: None,
        title: "Baker".to_owned(),
        employer: "Acme".to_owned(),
        written: json!({"author": {"by": "template"}}),
        at: at(second),
    }
}

#[tokio::test]
async fn a_letter_is_kept_by_its_text_and_never_changed() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            let first = letter("Dear Acme", b"one", 1);
            let id = tx.save_letter(&first)?;
            assert_eq!(id, Sha256::of(b"Dear Acme"));
            // The same text made from the same is the same letter; made from something
            // else, for another posting say, it is one of its own.
            let again = tx.save_letter(&letter("Dear Acme", b"one", 2))?;
            assert_eq!((again, tx.letters()?.len()), (id, 1));
            let kept = |from: &[u8]| tx.letter_of_input(id, Sha256::of(from));
            assert_eq!(kept(b"one")?.unwrap().letter, first);
            assert_eq!(kept(b"two")?, None);
            let second = letter("Dear Acme", b"two", 2);
            assert_eq!(tx.save_letter(&second)?, id);
            let found = tx.letter_of_input(id, Sha256::of(b"two"))?.unwrap();
            assert_eq!((found.letter, tx.letters()?.len()), (second, 2));
            let other = tx.save_letter(&letter("Dear all", b"one", 3))?;
            assert_eq!(
                tx.letter_made_from(Sha256::of(b"one"))?.unwrap().sha256,
                other
            );
            assert_eq!(tx.letter_made_from(Sha256::of(b"three"))?, None);

            assert_eq!(tx.letter_pdf(id)?, None);
            tx.save_letter_pdf(id, b"%PDF-1")?;
            // What was printed first stays.
            tx.save_letter_pdf(id, b"%PDF-2")?;
            assert_eq!(tx.letter_pdf(id)?.unwrap(), b"%PDF-1");
            assert_eq!(tx.letter_pdf(other)?, None);
            Ok(())
        })
        .await
        .unwrap();
    let raw = corpus.raw().await;
    for sql in [
        "UPDATE letters SET title = 'Cook'",
        "UPDATE letters SET pdf = NULL",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
}

#[tokio::test]
async fn the_letter_of_a_job_is_the_one_made_last() {
    let corpus = Corpus::new().await;
    corpus
        .ingest(1, vec![corpus.job("1", "Baker", "Bread.")])
        .await;
    let job = corpus.job("1", "Baker", "Bread.").job.id;
    let nobody = JobId::of(SourceId::of("greenhouse", "nobody"), "9");
    corpus
        .store
        .write(move |tx| {
            let of_job = |text, second| NewLetter {
                job: Some(job),
                ..letter(text, b"one", second)
            };
            assert_eq!(tx.letter_of_job(job)?, None);
            tx.save_letter(&of_job("old", 1))?;
            let new = tx.save_letter(&of_job("new", 2))?;
            assert_eq!(tx.letter_of_job(job)?.unwrap().sha256, new);
            assert_eq!(tx.letter_of_job(nobody)?, None);
            Ok(())
        })
        .await
        .unwrap();
}
