use practice::{OpeningInfo, Practice, PracticeOptions, Running, Shape};
use serde_json::{Value, json};

use crate::applicant::{facts, fill, place};
use crate::applications::confirmation;
use crate::client::Client;
use crate::forms::start;
use crate::html::{Tag, tags};

/// Label, whether required, and the options' labels.
type Asked = (String, bool, Vec<String>);

async fn of_interface(client: &Client, opening: &OpeningInfo) -> (Vec<Asked>, Value) {
    let target = format!(
        "/v1/boards/{}/jobs/{}?questions=true",
        opening.token, opening.id
    );
    let job = client
        .get("boards-api.greenhouse.io", &target)
        .await
        .unwrap();
    let job = job.json();
    assert_eq!(job["location_questions"], json!([]));
    let voluntary = &job["compliance"][0]["questions"];
    let questions = [&job["questions"], voluntary]
        .into_iter()
        .filter_map(Value::as_array);
    let asked = questions
        .flatten()
        .map(|q| {
            let options = q["fields"][0]["values"].as_array().unwrap().iter();
            (
                q["label"].as_str().unwrap().to_owned(),
                q["required"].as_bool().unwrap(),
                options
                    .map(|o| o["label"].as_str().unwrap().to_owned())
                    .collect(),
            )
        })
        .collect();
    (asked, job)
}

fn of_facts(html: &str) -> Vec<Asked> {
    let facts = facts(html);
    let fields = facts["fields"].as_array().unwrap().iter();
    fields
        .map(|f| {
            let options = f["options"].as_array().unwrap().iter();
            (
                f["label"].as_str().unwrap().to_owned(),
                f["required"].as_bool().unwrap(),
                options
                    .map(|o| o["label"].as_str().unwrap().to_owned())
                    .collect(),
            )
        })
        .collect()
}

/// Reads labels, stars and options of the classic page.
fn of_page(html: &str) -> Vec<Asked> {
    let all = tags(html);
    let starts: Vec<usize> = (0..all.len())
        .filter(|at| all[*at].get("class") == "field")
        .collect();
    let end = all
        .iter()
        .position(|t| t.get("id") == "submit_app")
        .unwrap();
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let field = &all[*start..end];
            let label = field
                .iter()
                .find(|t| matches!(t.name.as_str(), "label" | "legend"));
            let starred = field.iter().any(|t| t.get("class") == "asterisk");
            let options = field
                .iter()
                .enumerate()
                .filter_map(|(at, t)| option(&field[at..], t));
            (label.unwrap().text.clone(), starred, options.collect())
        })
        .collect()
}

fn option(rest: &[Tag], tag: &Tag) -> Option<String> {
    let listed = tag.name == "option" && !tag.get("value").is_empty();
    if listed {
        return Some(tag.text.clone());
    }
    let boxed = matches!(tag.get("type"), "radio" | "checkbox");
    boxed.then(|| rest[0].text.clone())
}

async fn check_agreement(running: &Running, client: &Client) -> usize {
    let mut compared = 0;
    for opening in running.openings() {
        let (host, target) = place(&opening.form_url);
        let html = client.get(&host, &target).await.unwrap().text();
        let mut shown = match opening.shape {
            Shape::GreenhouseClassic => of_page(&html),
            Shape::GreenhouseNew => of_facts(&html),
            Shape::Lever => continue,
        };
        let (mut told, _) = of_interface(client, &opening).await;
        shown.sort();
        told.sort();
        assert_eq!(shown, told, "{}", opening.form_url);
        compared += 1;
    }
    compared
}

#[tokio::test]
async fn the_interface_lists_the_questions_of_the_page() {
    let (running, client) = start().await;
    assert!(check_agreement(&running, &client).await > 100);
    let opening = &running.openings()[0];
    let (_, job) = of_interface(&client, opening).await;
    let resume = job["questions"].as_array().unwrap().iter();
    let resume = resume.clone().find(|q| q["label"] == "Resume/CV").unwrap();
    let kinds: Vec<_> = resume["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (&f["name"], &f["type"]))
        .collect();
    assert_eq!(
        json!(kinds),
        json!([["resume", "input_file"], ["resume_text", "textarea"]])
    );
    let plain = format!("/v1/boards/{}/jobs/{}", opening.token, opening.id);
    let plain = client
        .get("boards-api.greenhouse.io", &plain)
        .await
        .unwrap();
    assert_eq!(plain.json().get("questions"), None);
}

fn recorded() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let job = |id: u32, url: &str| json!({ "id": id, "title": "Cook", "content": "soup", "absolute_url": url, "location": { "name": "Bern" } });
    let (old, own) = (
        "https://boards.greenhouse.io/inn/jobs/1",
        "https://inn.example/jobs?gh_jid=2",
    );
    let inn = json!({ "jobs": [job(1, old), job(2, own)] });
    std::fs::write(dir.path().join("inn.json"), inn.to_string()).unwrap();
    let bar = json!({ "jobs": [job(7, "https://job-boards.greenhouse.io/bar/jobs/7")] });
    std::fs::write(dir.path().join("bar.json"), bar.to_string()).unwrap();
    let yard = json!([{ "id": "a-1", "text": "Potter", "hostedUrl": "https://jobs.lever.co/theyard/a-1" }]);
    std::fs::write(dir.path().join("yard.json"), yard.to_string()).unwrap();
    let session = |name: &str, portal: &str, board: &str, url: &str| {
        json!({ "name": name, "portal": portal, "board": board,
            "exchanges": [{ "url": url, "file": format!("{name}.json") }] })
    };
    let api = "https://boards-api.greenhouse.io/v1/boards";
    let index = json!({ "sessions": [
        session("inn", "greenhouse", "https://boards.greenhouse.io/inn", &format!("{api}/inn/jobs?content=true")),
        session("bar", "greenhouse", "https://job-boards.greenhouse.io/bar", &format!("{api}/bar/jobs?content=true")),
        session("yard", "lever", "https://jobs.lever.co/yard", "https://api.lever.co/v0/postings/yard?mode=json"),
    ]});
    std::fs::write(dir.path().join("index.json"), index.to_string()).unwrap();
    dir
}

#[tokio::test]
async fn recorded_postings_are_applied_to_like_written_ones() {
    let dir = recorded();
    let running = Practice::start(PracticeOptions {
        data: Some(dir.path().to_owned()),
        ..PracticeOptions::default()
    })
    .await
    .unwrap();
    let client = Client::of(&running);
    let urls: Vec<_> = running.openings().into_iter().map(|o| o.form_url).collect();
    assert_eq!(
        urls,
        [
            "https://boards.greenhouse.io/inn/jobs/1",
            "https://boards.greenhouse.io/inn/jobs/2",
            "https://job-boards.greenhouse.io/bar/jobs/7",
            "https://jobs.lever.co/theyard/a-1/apply",
        ]
    );
    assert_eq!(check_agreement(&running, &client).await, 3);
    for opening in running.openings() {
        let filled = fill(&client, &opening).await;
        confirmation(opening.shape, &filled.send(&client).await.unwrap());
    }
    assert_eq!(running.applications().len(), 4);
    let listed = client
        .get("api.lever.co", "/v0/postings/theyard/a-1")
        .await
        .unwrap();
    assert_eq!(listed.json()["text"], "Potter");
}

#[tokio::test]
async fn all_recorded_postings_have_forms() {
    let Some(data) = std::env::var_os("AGENT_DATA") else {
        return;
    };
    let running = Practice::start(PracticeOptions {
        data: Some(std::path::Path::new(&data).join("portals")),
        ..PracticeOptions::default()
    })
    .await
    .unwrap();
    let client = Client::of(&running);
    assert!(check_agreement(&running, &client).await > 50);
    for opening in running.openings() {
        let filled = fill(&client, &opening).await;
        confirmation(opening.shape, &filled.send(&client).await.unwrap());
    }
}
