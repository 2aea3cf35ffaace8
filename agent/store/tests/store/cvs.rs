use agent_approval::Sha256;
use agent_core::profile::{CvName, Profile, VariantName};
use agent_store::{ApplicationCv, DocumentKind, FilledCv, NewDocument, NewVariant};

use crate::{
    applying::{create, id},
    support::{Corpus, at},
};

fn variant(name: &str, bytes: &[u8], second: i64) -> NewVariant {
    NewVariant {
        name: VariantName::of(name).unwrap(),
        file_name: format!("{name}.pdf"),
        bytes: bytes.to_vec(),
        profile: Profile {
            name: "Ada".to_owned(),
            text: String::from_utf8_lossy(bytes).into_owned(),
            ..Profile::default()
        },
        at: at(second),
    }
}

#[tokio::test]
async fn a_cv_is_kept_beside_the_main_one_under_its_name() {
    let corpus = Corpus::new().await;
    corpus
        .store
        .write(|tx| {
            let main = NewDocument {
                kind: DocumentKind::Cv,
                file_name: "cv.pdf".to_owned(),
                bytes: b"main".to_vec(),
                at: at(1),
            };
            tx.save_document(&main)?;
            tx.save_variant(&variant("data", b"tables", 2))?;
            tx.save_variant(&variant("backend", b"old", 3))?;
            tx.save_variant(&variant("backend", b"new", 4))?;
            let kept = tx.variants()?;
            let names: Vec<&str> = kept.iter().map(|kept| kept.name.as_str()).collect();
            assert_eq!(names, ["backend", "data"]);
            assert_eq!(kept[0].sha256, Sha256::of(b"new"));
            assert_eq!(
                (kept[0].profile.text.as_str(), kept[0].imported_at),
                ("new", at(4))
            );

            // The main CV is no other for it.
            let current = tx.current_document(DocumentKind::Cv)?.unwrap();
            assert_eq!(current.file, main);
            assert_eq!(tx.cv_document(&CvName::Main)?.unwrap().file, main);
            let backend = CvName::of("backend").unwrap();
            let document = tx.cv_document(&backend)?.unwrap();
            assert_eq!(document.sha256, Sha256::of(b"new"));
            assert_eq!(
                (document.file.file_name.as_str(), &*document.file.bytes),
                ("backend.pdf", b"new".as_slice())
            );

            let name = VariantName::of("backend").unwrap();
            assert!(tx.remove_variant(&name)?);
            assert!(!tx.remove_variant(&name)?);
            assert_eq!(tx.cv_document(&backend)?, None);
            assert_eq!(tx.variants()?.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn the_choice_for_an_application_outlives_its_forms_and_the_cv() {
    let corpus = Corpus::new().await;
    let id = id(1);
    corpus
        .store
        .write(move |tx| {
            create(tx, 1, "acme/1")?;
            assert_eq!(tx.application_cv(id)?, ApplicationCv::default());
            let backend = CvName::of("backend").unwrap();
            let filled = |name: &CvName, why: &str| FilledCv {
                name: name.clone(),
                file_name: format!("{name}.pdf"),
                why: why.to_owned(),
            };
            tx.note_cv(id, Some(&filled(&CvName::Main, "it shows most")))?;
            assert_eq!(tx.application_cv(id)?.chosen, None);
            tx.choose_cv(id, &backend)?;
            let now = tx.application_cv(id)?;
            assert_eq!(now.chosen.as_ref(), Some(&backend));
            assert_eq!(now.filled, Some(filled(&CvName::Main, "it shows most")));
            tx.note_cv(id, Some(&filled(&backend, "you chose it")))?;
            tx.choose_cv(id, &CvName::Main)?;
            assert_eq!(
                tx.application_cv(id)?,
                ApplicationCv {
                    chosen: Some(CvName::Main),
                    filled: Some(filled(&backend, "you chose it")),
                }
            );
            // A form without a place for a file.
            tx.note_cv(id, None)?;
            assert_eq!(tx.application_cv(id)?.filled, None);
            Ok(())
        })
        .await
        .unwrap();
}
