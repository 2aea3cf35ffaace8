//! A model server beside the built-in vectors: its vectors are made in the
//! background and serve when they are whole, through kills and absences.

use std::{
    fs,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use practice::PracticeOptions;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinHandle};

use crate::harness::{Home, employer, wait_until};

/// A server that speaks Ollama's protocol. Its vectors tell night from day work,
/// and little else.
struct Server {
    address: SocketAddr,
    state: Arc<Script>,
    task: JoinHandle<()>,
}

struct Script {
    digest: Mutex<&'static str>,
    /// Batches that may still be answered.
    allowed: Semaphore,
    /// Texts that were asked for, without those of the person and of searches.
    texts: Mutex<Vec<String>>,
}

impl Server {
    async fn start() -> Self {
        let state = Arc::new(Script {
            digest: Mutex::new("aaaa1111"),
            allowed: Semaphore::new(0),
            texts: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = serve(listener, Arc::clone(&state));
        Self {
            address,
            state,
            task,
        }
    }

    fn host(&self) -> String {
        format!("http://{}", self.address)
    }

    fn allow(&self, batches: usize) {
        self.state.allowed.add_permits(batches);
    }

    async fn end(&mut self) {
        self.task.abort();
        // Until the address is free.
        let _ = (&mut self.task).await;
    }

    async fn again(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.task = serve(listener, Arc::clone(&self.state));
    }
}

fn serve(listener: TcpListener, state: Arc<Script>) -> JoinHandle<()> {
    let app = Router::new()
        .route("/api/tags", get(tags))
        .route(
            "/api/show",
            post(async || Json(json!({"capabilities": ["embedding"]}))),
        )
        .route("/api/embed", post(embed))
        .with_state(state);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() })
}

async fn tags(State(script): State<Arc<Script>>) -> Json<Value> {
    let digest = *script.digest.lock().unwrap();
    Json(json!({"models": [{"name": "scripted:latest", "digest": digest, "size": 7}]}))
}

async fn embed(State(script): State<Arc<Script>>, asked: Json<Value>) -> Response {
    let texts: Vec<String> = serde_json::from_value(asked["input"].clone()).unwrap();
    // Postings come in pairs of text and title; the first question is one text.
    if are_of_jobs(&texts) {
        script.allowed.acquire().await.unwrap().forget();
        script.texts.lock().unwrap().extend(texts.clone());
    }
    let vectors: Vec<Vec<f32>> = texts.iter().map(|text| vector(text)).collect();
    Json(json!({"model": "scripted", "embeddings": vectors})).into_response()
}

/// Whether the texts are of postings: for each one that begins with its title, and the
/// title.
fn are_of_jobs(texts: &[String]) -> bool {
    let pairs = texts.as_chunks::<2>();
    let of_job = |[whole, title]: &[String; 2]| whole.starts_with(&format!("{title}. "));
    pairs.1.is_empty() && pairs.0.iter().all(of_job)
}

/// Counts letters, so that like spellings are near.
fn vector(text: &str) -> Vec<f32> {
    let text = text.to_lowercase();
    ('a'..='z')
        .map(|letter| text.matches(letter).count() as f32 + 0.01)
        .collect()
}

fn configure(home: &Home, server: &Server) {
    let text = format!(
        "[models]\nembeddings = \"scripted\"\nollama = \"{}\"\n",
        server.host()
    );
    fs::write(home.path().join("config.toml"), text).unwrap();
}

fn upper(home: &Home) -> Value {
    home.json(&["status"])["upper"].clone()
}

fn done(home: &Home) -> u64 {
    upper(home)["done"].as_u64().unwrap_or_default()
}

fn order(home: &Home) -> Vec<Value> {
    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    let rows = list["jobs"].as_array().unwrap().iter();
    rows.map(|job| json!([job["id"], job["score"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_models_vectors_are_made_beside_the_old_ones_and_then_serve() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let built_in = order(&home);
    assert_eq!(home.json(&["status"])["vectors"], "minilm-static-128");
    home.stop();

    let mut server = Server::start().await;
    configure(&home, &server);
    home.start();
    server.allow(2);
    wait_until("two batches are kept", || done(&home) >= 32);
    // The old vectors serve, and everything is as it was.
    let status = home.json(&["status"]);
    assert_eq!(status["vectors"], "minilm-static-128");
    assert!(status["upper"]["total"].as_u64() > Some(32), "{status}");
    assert_eq!(order(&home), built_in);
    let search = home.json(&["jobs", "search", "backend engineer"]);
    assert!(!search["hits"].as_array().unwrap().is_empty(), "{search}");
    assert_eq!(search["note"], "", "{search}");
    let list = home.json(&["models", "list"]);
    let used: Vec<&str> = list["models"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| model["used"].as_str().unwrap())
        .collect();
    assert_eq!(used, ["serving", "filling"]);

    // A kill between two batches: nothing that was made is made again.
    let kept = done(&home);
    home.kill();
    home.start();
    assert_eq!(done(&home), kept);
    // The server goes and comes back: the work goes on by itself.
    server.end().await;
    home.stop();
    home.start();
    wait_until("the missing server is told", || {
        let said = upper(&home)["problem"].to_string();
        said.contains("no model server answers")
    });
    assert_eq!(order(&home), built_in);
    let doctor = home.json(&["doctor"]).to_string();
    assert!(doctor.contains("no model server answers"), "{doctor}");
    server.again().await;
    server.allow(10_000);
    home.json(&["models", "list"]);
    wait_until("the new vectors serve", || {
        home.json(&["status"])["vectors"] == "scripted:latest@aaaa1111"
    });
    let texts = server.state.texts.lock().unwrap().clone();
    // The wholes, without the titles.
    let mut once: Vec<&String> = texts.iter().step_by(2).collect();
    let all = once.len();
    once.sort();
    once.dedup();
    // At most the batches that a kill or the end of the server cut were asked again.
    assert!(
        all - once.len() <= 3 * 16,
        "{all} asked, {} texts",
        once.len()
    );

    // The ranking is by the new vectors, whole, and the same when told again.
    wait_until("all is ranked anew", || {
        let scores = order(&home);
        scores.len() == built_in.len() && scores != built_in
    });
    let near = home.json(&["jobs", "similar", built_in[0][0].as_str().unwrap()]);
    assert!(!near["similar"].as_array().unwrap().is_empty(), "{near}");

    // Without the server search still works, and what serves goes on serving.
    let ranked = settled(&home);
    server.end().await;
    let search = home.json(&["jobs", "search", "backend engineer"]);
    assert!(!search["hits"].as_array().unwrap().is_empty(), "{search}");
    let note = search["note"].as_str().unwrap();
    assert!(
        note.starts_with("searched with the built-in vectors: "),
        "{note}"
    );
    home.stop();
    home.start();
    assert_eq!(order(&home), ranked);
    // A changed profile needs vectors it cannot have: the built-in ones take over.
    home.json(&["prefs", "set", "roles", "Night Nurse"]);
    wait_until("the built-in vectors serve", || {
        home.json(&["status"])["vectors"] == "minilm-static-128"
    });
    home.json(&["prefs", "clear", "roles"]);
    wait_until("the ranking is that of the built-in vectors", || {
        order(&home) == built_in
    });
    // The server is back: nothing has to be made again but what is missing.
    server.again().await;
    let before = server.state.texts.lock().unwrap().len();
    home.json(&["models", "list"]);
    wait_until("the model's vectors serve again", || {
        home.json(&["status"])["vectors"] == "scripted:latest@aaaa1111"
    });
    assert_eq!(server.state.texts.lock().unwrap().len(), before);

    // The model is pulled anew: its vectors are other ones, and are made again.
    *server.state.digest.lock().unwrap() = "bbbb2222";
    home.json(&["models", "list"]);
    wait_until("the vectors of the new model serve", || {
        home.json(&["status"])["vectors"] == "scripted:latest@bbbb2222"
    });
}

/// The order once nothing moves in it any more.
fn settled(home: &Home) -> Vec<Value> {
    let mut last = order(home);
    wait_until("the ranking is at rest", || {
        let now = order(home);
        let same = now == last;
        last = now;
        same
    });
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pause_holds_the_models_work() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    home.json(&["pause"]);
    home.stop();
    let server = Server::start().await;
    server.allow(10_000);
    configure(&home, &server);
    home.start();
    home.json(&["models", "list"]);
    assert_eq!(upper(&home)["model"].as_str().unwrap_or_default(), "");
    assert!(server.state.texts.lock().unwrap().is_empty());
    home.json(&["unpause"]);
    wait_until("the model's vectors serve", || {
        home.json(&["status"])["vectors"] == "scripted:latest@aaaa1111"
    });
}
