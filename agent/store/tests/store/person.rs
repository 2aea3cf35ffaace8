use agent_core::profile::{Preferences, Profile};

use crate::support::{Corpus, at};

#[tokio::test]
async fn profile_and_preferences_count_one_revision() {
    let corpus = Corpus::new().await;
    let anna = || Profile {
        name: "Anna".to_owned(),
        ..Profile::default()
    };
    let wishes = || Preferences {
        roles: vec!["Baker".to_owned()],
        ..Preferences::default()
    };
    let revisions = corpus
        .store
        .write(move |tx| {
            let mut revisions = vec![tx.profile_revision()?];
            revisions.push(tx.save_profile(&anna(), "a.md", at(1))?);
            revisions.push(tx.save_preferences(&wishes(), at(2))?);
            // The same again.
            revisions.push(tx.save_profile(&anna(), "b.md", at(3))?);
            revisions.push(tx.save_preferences(&wishes(), at(4))?);
            revisions.push(tx.save_profile(&Profile::default(), "c.md", at(5))?);
            revisions.push(tx.save_profile(&anna(), "d.md", at(6))?);
            revisions.push(tx.profile_revision()?);
            Ok(revisions)
        })
        .await
        .unwrap();
    assert_eq!(revisions, [0, 1, 2, 2, 2, 3, 4, 4]);
    let (profile, preferences) = corpus
        .store
        .read(|r| Ok((r.profile()?.unwrap(), r.preferences()?.unwrap())))
        .await
        .unwrap();
    assert_eq!(
        (profile.profile.name.as_str(), profile.file_name.as_str()),
        ("Anna", "d.md")
    );
    assert_eq!((profile.revision, profile.imported_at), (4, at(6)));
    assert_eq!(
        (preferences.preferences.roles.len(), preferences.saved_at),
        (1, at(2))
    );
}
