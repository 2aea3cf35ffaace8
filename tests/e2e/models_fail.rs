//! A model reads postings; when its server fails, in whichever way, the work goes on at
//! the next tier and says so, in words and in the ledger.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    sync::{Arc, Mutex},
};

use practice::PracticeOptions;
use serde_json::{Value, json};

use crate::harness::{
    Home, employer,
    model_server::{Asked, ModelServer, Says},
};

/// A home with postings, whose daemon asks the servers of `models`.
async fn home(models: &str) -> (Home, Vec<String>, practice::Running) {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    configure(&home, models);
    home.set_up(&employer);
    home.json(&["sync"]);
    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    let ids = list["jobs"].as_array().unwrap().iter();
    let ids = ids.map(|job| job["id"].as_str().unwrap().to_owned());
    let ids = ids.collect();
    (home, ids, employer)
}

fn configure(home: &Home, models: &str) {
    let text = format!("[models]\nembeddings = \"built-in\"\n{models}");
    fs::write(home.path().join("config.toml"), text).unwrap();
}

fn ollama(server: &ModelServer) -> String {
    format!("chat = \"scripted\"\nollama = \"{}\"\n", server.host())
}

/// The words of the posting that a question quotes.
fn posting(asked: &Asked) -> String {
    let (_, text) = asked
        .user
        .split_once("Text of the posting:\n<<<\n")
        .unwrap();
    text.split("\n>>>").next().unwrap().to_owned()
}

/// An answer with one claim that stands in the posting and one that does not.
fn honest_and_not(asked: &Asked) -> Says {
    let text = posting(asked);
    let quote: Vec<&str> = text.lines().next().unwrap().split(' ').take(6).collect();
    let skill = quote[0].trim_matches(|c: char| !c.is_alphanumeric());
    Says::json(&json!({"items": [
        {"kind": "must", "quote": quote.join(" "), "skill": skill},
        {"kind": "nice", "quote": "mira.lindqvist@example.org", "skill": "mira.lindqvist@example.org"},
    ]}))
}

fn read(home: &Home, id: &str) -> Value {
    home.json(&["jobs", "read", id])
}

fn outcomes(home: &Home, id: &str) -> Vec<String> {
    let explained = home.json(&["explain", id]);
    let calls = explained["model_calls"].as_array().unwrap().iter();
    let said = |call: &Value| {
        let text = |key: &str| call[key].as_str().unwrap().to_owned();
        format!("{} {}", text("tier"), text("outcome"))
    };
    calls.map(said).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_a_model_reads_a_posting_without_the_profile_and_is_asked_once() {
    let server = ModelServer::start(honest_and_not).await;
    let (mut home, ids, _employer) = home(&ollama(&server)).await;
    let id = ids[0].as_str();
    let first = read(&home, id);
    assert_eq!(first["model"], "scripted:latest", "{first}");
    let skills = first["skills"].as_array().unwrap();
    // What the posting does not say is left out.
    assert_eq!(skills.len(), 1, "{first}");
    assert_eq!(skills[0]["kind"], "must");
    let asked = &server.asked()[0];
    let told = format!("{}\n{}", asked.system, asked.user);
    for of_the_person in ["Mira", "Lindqvist", "mira.", "5550"] {
        assert!(!told.contains(of_the_person), "{told}");
    }
    assert_eq!(asked.body["options"]["temperature"], 0.0);

    // The same again, also after a restart and with the server gone: nobody is asked.
    assert_eq!(read(&home, id)["skills"], first["skills"]);
    home.stop();
    home.start();
    assert_eq!(read(&home, id)["skills"], first["skills"]);
    assert_eq!(server.calls(), 1);
    assert_eq!(
        outcomes(&home, id),
        ["ollama cached", "ollama cached", "ollama ok"]
    );
    let explained = home.json(&["explain", id]);
    assert_eq!(explained["reading"]["skills"], first["skills"]);
    assert_eq!(
        explained["model_calls"][2]["prompt"]
            .as_str()
            .unwrap()
            .len(),
        64
    );
    let usage = home.json(&["models", "usage"]);
    let row = &usage["rows"][0];
    assert_eq!(
        (&row["calls"], &row["cached"]),
        (&json!(1), &json!(2)),
        "{usage}"
    );
    drop(server);
    home.json(&["models", "list"]);
    let away = read(&home, id);
    assert_eq!(
        (&away["skills"], &away["nobody"]),
        (&first["skills"], &json!(""))
    );

    // A prompt of the person's own is used, and a broken one is told and is not.
    let folder = home.path().join("prompts");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("posting.md"), "Hm.\n\n{{ cv }}\n").unwrap();
    let doctor = home.json(&["doctor"]).to_string();
    assert!(
        doctor.contains("posting.md, line 3: there is no input cv"),
        "{doctor}"
    );
    let list = home.json(&["prompts", "list"]);
    let prompts = list["prompts"].as_array().unwrap();
    let posting = prompts.iter().find(|one| one["name"] == "posting").unwrap();
    assert_eq!(posting["changed"], false);
    let kept = home.json(&["prompts", "reset", "posting"])["kept"].clone();
    assert!(kept.as_str().unwrap().ends_with("posting.md.old"), "{kept}");
}

/// Has a posting read by a server that gives `answer`: rules read it, and it is said why
/// no model did.
fn goes_on(home: &Home, id: &str, next: &Mutex<Says>, answer: Says, why: &str, last: &str) {
    let told = format!("{answer:?}");
    *next.lock().unwrap() = answer;
    // Asks the server anew, which was left alone since it failed.
    home.json(&["models", "list"]);
    let said = read(home, id);
    let nobody = said["nobody"].as_str().unwrap();
    assert!(nobody.contains(why) && nobody.len() < 600, "{told}: {said}");
    assert!(!said["by_rules"].as_array().unwrap().is_empty(), "{said}");
    let outcomes = outcomes(home, id);
    assert_eq!(outcomes[0], format!("ollama {last}"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn p9_whatever_a_model_server_does_the_work_goes_on_and_says_so() {
    let next: Arc<Mutex<Says>> = Arc::new(Mutex::new(Says::Hang));
    let says = Arc::clone(&next);
    let mut server = ModelServer::start(move |_| says.lock().unwrap().clone()).await;
    // A second is all that a silent server gets, and more than the others should need
    // on a busy machine: they are asked by a daemon that waits as long as usual.
    let impatient = format!("patience = 1\n{}", ollama(&server));
    let (mut home, ids, _employer) = home(&impatient).await;
    let id = ids[0].as_str();
    let silent = "gave no answer within 1 s";
    goes_on(&home, id, &next, Says::Hang, silent, "failed");
    goes_on(&home, id, &next, Says::Drip, silent, "failed");
    home.stop();
    configure(&home, &ollama(&server));
    home.start();
    let broken = "{\"items\": [{\"kind\": \"submit\"}]}".to_owned();
    for (answer, why, last) in [
        (
            Says::Status(500, "out of memory"),
            "failed (500): out of memory",
            "failed",
        ),
        (Says::BreaksOff, "broke off", "failed"),
        (Says::Endless, "without an end", "failed"),
        (
            Says::Raw(vec![b'x'; 1 << 20]),
            "larger than any answer",
            "failed",
        ),
        (
            Says::Status(404, ""),
            "ollama pull scripted:latest",
            "failed",
        ),
        (
            Says::Read("{\"items\": []}".to_owned(), 3),
            "its server cut it",
            "failed",
        ),
        (
            Says::Answer("{\"items\": [".to_owned()),
            "no usable answer: it is not JSON",
            "invalid",
        ),
        (
            Says::Answer(broken),
            "no usable answer: at /items/0",
            "invalid",
        ),
        (Says::Cut("{\"items\": [".to_owned()), "cut twice", "cut"),
    ] {
        goes_on(&home, id, &next, answer, why, last);
    }
    // Asked three times, and twice where the answer was cut.
    assert_eq!(
        outcomes(&home, id)[..5],
        [
            "ollama cut",
            "ollama cut",
            "ollama invalid",
            "ollama invalid",
            "ollama invalid"
        ]
    );
    let calls = server.calls();
    server.reads_at_once(600);
    *next.lock().unwrap() = Says::Status(500, "");
    read(&home, ids[1].as_str());
    home.json(&["models", "list"]);
    let said = read(&home, id)["nobody"].to_string();
    assert!(
        said.contains("context of scripted:latest is too small"),
        "{said}"
    );
    assert_eq!(server.calls(), calls + 1, "what cannot fit is not sent");
    server.reads_at_once(32_768);
    server.remove_models();
    home.json(&["models", "list"]);
    let said = read(&home, id)["nobody"].to_string();
    assert!(said.contains("ollama pull scripted"), "{said}");
    server.end().await;
    home.json(&["models", "list"]);
    let said = read(&home, id)["nobody"].to_string();
    assert!(said.contains("no model server answers"), "{said}");
    let text = String::from_utf8(home.ctl(&["jobs", "read", id]).stdout).unwrap();
    assert!(
        text.contains("no model: ") && text.contains("What rules read"),
        "{text}"
    );

    // With another tier set, that one answers.
    home.stop();
    let above = ModelServer::start(honest_and_not).await;
    server.again().await;
    configure(
        &home,
        &format!(
            "{}[models.openai]\nurl = \"{}/v1\"\nmodel = \"local\"\n",
            ollama(&server),
            above.host()
        ),
    );
    let key = home.path().join("keys/openai");
    fs::write(&key, "sk-canary\n").unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    home.start();
    let said = read(&home, id);
    assert_eq!(
        (&said["tier"], &said["model"]),
        (&json!("openai-compatible"), &json!("local"))
    );
    assert_eq!(
        above.asked()[0].authorization.as_deref(),
        Some("Bearer sk-canary")
    );
    assert_eq!(outcomes(&home, id)[0], "openai-compatible ok");
    let list = home.json(&["models", "list"]).to_string();
    assert!(
        !list.contains("canary") && list.contains("openai-compatible"),
        "{list}"
    );
    for log in fs::read_dir(home.path().join("logs")).unwrap() {
        let text = fs::read_to_string(log.unwrap().path()).unwrap();
        assert!(!text.contains("canary"));
    }
    // A key that others may read is not used.
    home.stop();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    home.start();
    let doctor = home.json(&["doctor"]).to_string();
    assert!(doctor.contains("others may read the key"), "{doctor}");

    // Another machine is not reached from a practice home.
    home.stop();
    configure(
        &home,
        "chat = \"off\"\n[models.openai]\nurl = \"https://models.example/v1\"\nmodel = \"m\"\n",
    );
    home.start();
    let said = read(&home, ids[2].as_str())["nobody"].to_string();
    assert!(said.contains("reaches nothing but this machine"), "{said}");
}
