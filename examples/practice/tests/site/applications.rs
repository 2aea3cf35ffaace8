use practice::{Application, CONTROL_HOST, Practice, PracticeOptions, Shape};

use crate::applicant::{Filled, fill, place};
use crate::client::{Answer, Client};
use crate::forms::{SHAPES, briefest, fullest, start};
use crate::html::with_id;

/// Where an accepted submission leads.
pub(crate) fn confirmation(shape: Shape, answer: &Answer) -> String {
    match shape {
        Shape::GreenhouseClassic | Shape::Lever => {
            assert_eq!(answer.status, 302, "{}", answer.text());
            let lines = answer.head.lines();
            let place = lines
                .filter_map(|line| line.strip_prefix("location: "))
                .next();
            // The test client lowers the case of heads.
            place.unwrap().replace("prx-", "PRX-")
        }
        Shape::GreenhouseNew => {
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()["redirect"].as_str().unwrap().to_owned()
        }
    }
}

#[tokio::test]
async fn a_right_application_is_thanked_for_and_kept_each_time() {
    let (running, client) = start().await;
    for shape in SHAPES {
        for opening in [briefest(&running, shape), fullest(&running, shape)] {
            let filled = fill(&client, &opening).await;
            for _ in 0..2 {
                let before = running.applications().len();
                let answer = filled.send(&client).await.unwrap();
                let kept = running.applications();
                assert_eq!(kept.len(), before + 1, "{shape:?}: {}", answer.text());
                let kept = kept.last().unwrap();
                check_kept(&filled, kept);
                assert_eq!((&kept.token, &kept.posting), (&opening.token, &opening.id));

                let place = confirmation(shape, &answer);
                assert!(place.eq_ignore_ascii_case(&place_of(&opening.form_url, &kept.reference)));
                let page = place_of(&opening.form_url, &kept.reference);
                let page = client.get(&filled.host, &page).await.unwrap();
                let html = page.text();
                assert!(html.contains("Thank you for applying"));
                let shown = with_id(&html, "application-reference").unwrap();
                assert_eq!(shown.text, format!("Reference: {}", kept.reference));
            }
        }
    }
    let references: std::collections::HashSet<_> = running
        .applications()
        .into_iter()
        .map(|a| a.reference)
        .collect();
    assert_eq!(references.len(), 12);
}

fn place_of(form_url: &str, reference: &str) -> String {
    let (_, path) = place(form_url);
    match path.strip_suffix("/apply") {
        Some(posting) => format!("{posting}/thanks?application={reference}"),
        None => format!("{path}/confirmation?application={reference}"),
    }
}

fn check_kept(filled: &Filled, kept: &Application) {
    assert_eq!((&kept.host, &kept.path), (&filled.host, &filled.target));
    let mut sent = filled.fields.clone();
    let mut received = kept.fields.clone();
    sent.sort();
    received.sort();
    assert_eq!(received, sent);
    let resume = kept
        .files
        .iter()
        .find(|f| f.name.contains("resume"))
        .unwrap();
    assert_eq!(resume.size, 22);
    assert_eq!(resume.sha256.len(), 64);
}

#[tokio::test]
async fn nobody_is_thanked_who_did_not_apply() {
    let (running, client) = start().await;
    for shape in SHAPES {
        let opening = briefest(&running, shape);
        let (host, _) = place(&opening.form_url);
        for reference in ["PRX-00001-000000", ""] {
            let page = place_of(&opening.form_url, reference);
            let answer = client.get(&host, &page).await.unwrap();
            assert_eq!(answer.status, 302, "{page}");
        }
    }
}

#[tokio::test]
async fn applications_are_told_to_other_processes_and_written_down() {
    let dir = tempfile::tempdir().unwrap();
    let running = Practice::start(PracticeOptions {
        dir: Some(dir.path().to_owned()),
        ..PracticeOptions::default()
    })
    .await
    .unwrap();
    let client = Client::of(&running);
    for shape in SHAPES {
        let filled = fill(&client, &briefest(&running, shape)).await;
        filled.send(&client).await.unwrap();
    }
    let kept = serde_json::to_value(running.applications()).unwrap();
    assert_eq!(kept.as_array().unwrap().len(), 3);
    let told = client.get(CONTROL_HOST, "/applications").await.unwrap();
    assert_eq!(told.json(), kept);
    let written = std::fs::read_to_string(dir.path().join("applications.jsonl")).unwrap();
    let written: Vec<Application> = written
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(written, running.applications());

    let posts = running.posts();
    let methods: Vec<_> = posts.iter().map(|p| p.method.as_str()).collect();
    assert_eq!(methods, ["POST", "POST", "POST", "POST"]);
    let told = client.get(CONTROL_HOST, "/posts").await.unwrap();
    assert_eq!(told.json(), serde_json::to_value(posts).unwrap());
    let openings = client.get(CONTROL_HOST, "/openings").await.unwrap();
    let openings = openings.json().as_array().unwrap().len();
    assert_eq!(openings, running.openings().len());
}
