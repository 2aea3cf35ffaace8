//! Several CVs over one profile: the one that shows most of what a job asks goes
//! along, the person may choose another, and one they removed is not sent.

use std::fs;

use agent_approval::{FileRef, Manifest, Sha256};
use practice::Shape;
use serde_json::Value;

use crate::harness::{
    forms::{Forms, reason_of},
    sample_cv,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_cv_that_fits_goes_along_and_one_that_was_removed_is_not_sent() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let opening = forms.opening(Shape::Lever, "");
    let job = home.job(&opening);
    let before = home.json(&["profile", "show"]);

    // A CV that shows all the job asks for, and one that shows nothing of it.
    let asked = home.json(&["jobs", "show", &job]);
    let asked: Vec<&str> = asked["skills"]
        .as_array()
        .unwrap()
        .iter()
        .map(|skill| skill.as_str().unwrap())
        .collect();
    assert!(asked.len() > 2, "{asked:?}");
    let keep = |name: &str, skills: &str| {
        let path = home.path().join(format!("ada-{name}.txt"));
        let cv = format!("Ada Example\nada@example.org\n\nSkills\n{skills}\n");
        fs::write(&path, &cv).unwrap();
        let path = path.to_str().unwrap();
        let kept = home.json(&["profile", "import", path, "--as", name]);
        (Sha256::of(cv.as_bytes()), kept)
    };
    let (fitting, kept) = keep("fitting", &asked.join(", "));
    let (other, _) = keep("other", "Watercolour painting");
    assert!(
        kept["questions"].to_string().contains("profile does not"),
        "{kept}"
    );
    assert_eq!(home.json(&["profile", "show"]), before, "the profile stays");
    let all = home.json(&["profile", "variants"]);
    let names: Vec<&Value> = all["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variant| &variant["name"])
        .collect();
    assert_eq!(names, ["main", "fitting", "other"]);

    // A name that no CV has begins nothing.
    let unknown = home.refused(&["prepare", &job, "--cv", "nobody"], 1);
    assert!(unknown.contains("agentctl profile variants"), "{unknown}");
    let begun = home.json(&["applications", "list"]);
    assert_eq!(begun["applications"], serde_json::json!([]));

    let row = home.prepare_fully(&job);
    let id = row["id"].as_str().unwrap();
    let told = row["cv"].as_str().unwrap();
    assert!(
        told.starts_with("ada-fitting.txt, it shows ") && told.contains("main shows "),
        "{told}"
    );
    assert_eq!(attached(&forms, id).sha256, fitting);

    // The person chooses, and the form is filled anew with that.
    let choose = |name: &str| home.json(&["prepare", id, "--cv", name])["done"].clone();
    let row = choose("other");
    assert_eq!(row["stage"], "awaiting-approval", "{row}");
    assert_eq!(row["cv"], "ada-other.txt, as you chose");
    let file = attached(&forms, id);
    assert_eq!((file.sha256, file.name.as_str()), (other, "ada-other.txt"));
    let changed = home.review(id).differences;
    assert!(
        !changed.is_empty(),
        "the review says that the file is another"
    );

    // A CV that was removed goes out with nothing that was filled before.
    home.json(&["profile", "variant", "remove", "other"]);
    let refused = home.hand_over(id, &home.sign(id));
    assert_eq!(reason_of(refused), "unknown-name");
    assert_eq!(home.stage(id), "awaiting-approval");
    assert_eq!(forms.posts(), 0, "nothing was sent");

    let row = choose("main");
    assert_eq!(row["stage"], "awaiting-approval", "{row}");
    let main = Sha256::of(&fs::read(sample_cv()).unwrap());
    assert_eq!(attached(&forms, id).sha256, main);
    forms.sent_once(id, &opening);
    let arrived = forms.arrivals(&opening);
    assert_eq!(arrived[0].files.len(), 1, "{arrived:#?}");
}

/// The one file of what waits for review.
fn attached(forms: &Forms, id: &str) -> FileRef {
    let manifest = Manifest::decode(&forms.home.manifest(id)).unwrap();
    let [file] = manifest.snapshots[0].files.as_slice() else {
        panic!("not one file: {:?}", manifest.snapshots[0].files);
    };
    file.clone()
}
