use agent_approval::Sha256;
use agent_store::{DocumentKind, NewDocument, Refusal};

use crate::{
    applying::refusal,
    support::{Corpus, at},
};

fn file(kind: DocumentKind, name: &str, bytes: &[u8], second: i64) -> NewDocument {
    NewDocument {
        kind,
        file_name: name.to_owned(),
        bytes: bytes.to_vec(),
        at: at(second),
    }
}

#[tokio::test]
async fn a_file_is_kept_by_its_content_and_the_last_is_the_current_one() {
    let corpus = Corpus::new().await;
    let cv = DocumentKind::Cv;
    corpus
        .store
        .write(move |tx| {
            assert_eq!(tx.current_document(cv)?, None);
            let first = file(cv, "cv.pdf", b"one", 1);
            let old = tx.save_document(&first)?;
            let new = tx.save_document(&file(cv, "cv-2.pdf", b"two", 2))?;
            tx.save_document(&file(DocumentKind::Letter, "letter.pdf", b"dear", 3))?;
            assert_eq!(old, Sha256::of(b"one"));
            assert_eq!(tx.current_document(cv)?.unwrap().sha256, new);
            // A manifest may still name the old one.
            assert_eq!(tx.document(old)?.unwrap().file, first);
            assert_eq!(tx.document(Sha256::of(b"three"))?, None);
            tx.save_document(&file(cv, "renamed.pdf", b"one", 4))?;
            let current = tx.current_document(cv)?.unwrap();
            assert_eq!(
                (current.sha256, current.file.file_name.as_str()),
                (old, "renamed.pdf")
            );
            Ok(())
        })
        .await
        .unwrap();
    let raw = corpus.raw().await;
    let files: u32 = raw
        .query_row("SELECT count(*) FROM document_files", [], |row| row.get(0))
        .unwrap();
    assert_eq!(files, 3);
    let changed = raw.execute("UPDATE document_files SET bytes = x'00'", []);
    assert!(changed.unwrap_err().to_string().contains("their content"));
}

#[tokio::test]
async fn a_file_of_sixteen_mebibytes_is_kept_and_a_larger_one_refused() {
    let corpus = Corpus::new().await;
    let limit = 16 << 20;
    let large = vec![7; limit];
    let larger = vec![7; limit + 1];
    let kept = corpus
        .store
        .write(move |tx| tx.save_document(&file(DocumentKind::Cv, "cv.pdf", &large, 1)))
        .await
        .unwrap();
    let refused = corpus
        .store
        .write(move |tx| tx.save_document(&file(DocumentKind::Cv, "cv.pdf", &larger, 2)))
        .await;
    let expected = Refusal::TooLarge {
        what: "file",
        size: limit as u64 + 1,
        limit: limit as u64,
    };
    assert_eq!(refusal(refused), expected);
    let current = corpus
        .store
        .read(|r| r.current_document(DocumentKind::Cv))
        .await
        .unwrap();
    assert_eq!(current.unwrap().sha256, kept);
}
