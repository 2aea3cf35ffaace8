//! The client of an Ollama server, against a scripted one on loopback, and against
//! a real one where `OLLAMA_HOST` names it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say what they skip"
)]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use agent_models::{
    cosine,
    ollama::{Host, Model, Ollama, Patience, ServerError},
};
use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

type Value = axum::extract::Json<serde_json::Value>;

/// How the server answers when it is asked for vectors.
#[derive(Clone, Copy)]
enum Embeds {
    /// As it should: how often `a`, `b` and `c` occur.
    Letters,
    /// Always this text.
    Text(&'static str),
    /// With this status and text.
    Fails(u16, &'static str),
    /// Never.
    Hangs,
}

struct Script {
    digest: &'static str,
    embeds: Embeds,
    /// Of the model `plain:latest`, which is in no list of ours.
    capabilities: serde_json::Value,
    /// What was asked for, text by text.
    asked: Vec<Vec<String>>,
}

type Shared = Arc<Mutex<Script>>;

async fn tags(State(script): State<Shared>) -> Json<serde_json::Value> {
    let digest = script.lock().unwrap().digest;
    let model = |name| {
        serde_json::json!({"name": name, "model": name, "modified_at": "2026-01-01T00:00:00Z",
            "size": 45_000_000, "digest": digest, "details": {"family": "bert"}})
    };
    Json(
        serde_json::json!({"models": [model("plain:latest"), model("all-minilm:latest"), model("bge-m3:567m")]}),
    )
}

async fn show(State(script): State<Shared>, asked: Value) -> Response {
    let capabilities = script.lock().unwrap().capabilities.clone();
    match asked["model"].as_str() {
        Some("plain:latest") => {
            Json(serde_json::json!({"modelfile": "", "capabilities": capabilities})).into_response()
        }
        Some("all-minilm:latest") => Json(serde_json::json!({"modelfile": ""})).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn embed(State(script): State<Shared>, asked: Value) -> Response {
    let texts: Vec<String> = serde_json::from_value(asked["input"].clone()).unwrap();
    let embeds = {
        let mut script = script.lock().unwrap();
        script.asked.push(texts.clone());
        script.embeds
    };
    match embeds {
        Embeds::Letters => {
            let count = |text: &String, letter| text.matches(letter).count() as f64;
            let vectors: Vec<[f64; 3]> = texts
                .iter()
                .map(|text| [count(text, 'a'), count(text, 'b'), count(text, 'c')])
                .collect();
            Json(serde_json::json!({"model": asked["model"], "embeddings": vectors}))
                .into_response()
        }
        Embeds::Text(text) => text.into_response(),
        Embeds::Fails(status, text) => {
            (StatusCode::from_u16(status).unwrap(), text).into_response()
        }
        Embeds::Hangs => std::future::pending().await,
    }
}

async fn server(embeds: Embeds) -> (Ollama, Shared) {
    let script = Arc::new(Mutex::new(Script {
        digest: "1b226e2802dbb772b5fc32a58f103ca1804ef7501331012de126ab22f67475ef",
        embeds,
        capabilities: serde_json::json!(["embedding"]),
        asked: Vec::new(),
    }));
    let app = Router::new()
        .route("/api/tags", get(tags))
        .route("/api/show", post(show))
        .route("/api/embed", post(embed))
        .with_state(Arc::clone(&script));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ollama = at(listener.local_addr().unwrap().port());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (ollama, script)
}

fn at(port: u16) -> Ollama {
    let patience = Patience {
        connect: Duration::from_secs(5),
        quiet: Duration::from_secs(2),
        whole: Duration::from_secs(20),
        bytes: 1 << 20,
    };
    Ollama::new(Host::parse(&format!(":{port}")).unwrap(), patience).unwrap()
}

async fn minilm(ollama: &Ollama) -> Model {
    let models = ollama.models().await.unwrap();
    let mut called = models
        .into_iter()
        .filter(|model| model.is_called("all-minilm"));
    called.next().unwrap()
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn models_are_listed_and_those_that_embed_are_known() {
    let (ollama, script) = server(Embeds::Letters).await;
    let models = ollama.models().await.unwrap();
    let names: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
    assert_eq!(names, ["bge-m3:567m", "all-minilm:latest", "plain:latest"]);
    let [gone, known, plain] = models.as_slice() else {
        panic!("three models")
    };
    // The server says so.
    assert_eq!(ollama.embeds(plain).await, Ok(true));
    script.lock().unwrap().capabilities = serde_json::json!(["completion", "tools"]);
    assert_eq!(ollama.embeds(plain).await, Ok(false));
    // An older server says nothing: our own list does.
    assert_eq!(ollama.embeds(known).await, Ok(true));
    script.lock().unwrap().capabilities = serde_json::json!([]);
    assert_eq!(ollama.embeds(plain).await, Ok(false));
    // Removed since it was listed.
    assert!(matches!(
        ollama.embeds(gone).await,
        Err(ServerError::NotPulled { .. })
    ));
    assert_eq!(known.space_name(), "all-minilm:latest@1b226e2802db");
    assert!(known.is_called("all-minilm:latest") && !known.is_called("all-minilm:33m"));
}

#[tokio::test]
async fn vectors_come_in_order_with_length_one_and_in_batches() {
    let (ollama, script) = server(Embeds::Letters).await;
    let model = minilm(&ollama).await;
    let space = ollama.space(&model).await.unwrap();
    assert_eq!(space.dims, 3);
    let vectors = ollama
        .embed(&model, &space, &texts(&["aaa", "  ", "abab", "xyz"]))
        .await
        .unwrap();
    let half = 0.5_f32.sqrt();
    assert_eq!(vectors[0], [1.0, 0.0, 0.0]);
    // A blank text is not asked for, and one without a direction stays so.
    assert_eq!(vectors[1], [0.0; 3]);
    assert!((vectors[2][0] - half).abs() < 1e-6 && (vectors[2][1] - half).abs() < 1e-6);
    assert_eq!(vectors[3], [0.0; 3]);
    assert_eq!(
        script.lock().unwrap().asked.pop().unwrap(),
        ["aaa", "abab", "xyz"]
    );

    let many: Vec<String> = (0..70).map(|_| "b".repeat(100_000)).collect();
    assert_eq!(ollama.embed(&model, &space, &many).await.unwrap().len(), 70);
    let script = script.lock().unwrap();
    let batches: Vec<usize> = script.asked.iter().rev().take(3).map(Vec::len).collect();
    assert_eq!(batches, [6, 32, 32]);
    assert!(
        script
            .asked
            .iter()
            .flatten()
            .all(|text| text.len() <= 8_000)
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_an_error_that_says_why() {
    let (ollama, _) = server(Embeds::Letters).await;
    let model = minilm(&ollama).await;
    let space = ollama.space(&model).await.unwrap();
    for (embeds, says) in [
        (Embeds::Letters, ""),
        (
            Embeds::Text(r#"{"embeddings": [[1.0, 2.0]]}"#),
            "2 numbers where its others have 3",
        ),
        (
            Embeds::Text(r#"{"embeddings": []}"#),
            "0 vectors for 1 texts",
        ),
        (
            Embeds::Text(r#"{"embeddings": [[1, 0, 0], [1, 0, 0]]}"#),
            "2 vectors for 1 texts",
        ),
        (
            Embeds::Text(r#"{"embeddings": [[1.0, NaN, 0.0]]}"#),
            "no proper answer",
        ),
        (
            Embeds::Text(r#"{"embeddings": [[1.0, null, 0.0]]}"#),
            "no proper answer",
        ),
        (
            Embeds::Text(r#"{"embeddings": [[1.0, 1e300, 0.0]]}"#),
            "no proper answer",
        ),
        (
            Embeds::Text(r#"{"embeddings": [[1.0, 2.0"#),
            "no proper answer",
        ),
        (Embeds::Text("<html>"), "no proper answer"),
        (
            Embeds::Fails(500, r#"{"error": "out of\u001b[31m memory"}"#),
            "failed (500): out of memory",
        ),
        (Embeds::Fails(503, "busy"), "failed (503): busy"),
        (Embeds::Fails(302, ""), "failed (302)"),
        (
            Embeds::Fails(404, r#"{"error": "model not found"}"#),
            "ollama pull all-minilm:latest",
        ),
        (Embeds::Hangs, "gave no answer within 2 s"),
    ] {
        let (ollama, _) = server(embeds).await;
        let found = ollama.embed(&model, &space, &texts(&["a"])).await;
        match found {
            Ok(vectors) => assert_eq!((vectors.len(), says), (1, "")),
            Err(error) => {
                let error = error.to_string();
                assert!(!says.is_empty() && error.contains(says), "{says}: {error}");
                assert!(!error.contains('\u{1b}'), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_model_pulled_anew_is_another_one() {
    let (ollama, script) = server(Embeds::Letters).await;
    let model = minilm(&ollama).await;
    let space = ollama.space(&model).await.unwrap();
    script.lock().unwrap().digest = "ffff";
    let asked = script.lock().unwrap().asked.len();
    let found = ollama.embed(&model, &space, &texts(&["a"])).await;
    assert!(
        matches!(found, Err(ServerError::Replaced { .. })),
        "{found:?}"
    );
    assert_eq!(script.lock().unwrap().asked.len(), asked);
    let anew = minilm(&ollama).await;
    assert_ne!(anew.space_name(), model.space_name());
    let space = ollama.space(&anew).await.unwrap();
    ollama.embed(&anew, &space, &texts(&["a"])).await.unwrap();
}

/// Serves one connection after the other by hand.
async fn raw(answer: &'static [u8], endless: bool) -> Ollama {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ollama = at(listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer).await;
            while endless && stream.write_all(&[b' '; 4096]).await.is_ok() {}
        }
    });
    ollama
}

#[tokio::test]
async fn a_server_that_is_gone_breaks_off_or_never_ends_is_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let gone = at(port).models().await;
    assert!(
        matches!(gone, Err(ServerError::Unreachable { .. })),
        "{gone:?}"
    );
    for (answer, endless, expected) in [
        (&b""[..], false, "broke off"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"mod",
            false,
            "broke off",
        ),
        (b"HTTP/1.1 200 OK\r\n\r\n", true, "larger than any answer"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"models\": []}",
            false,
            "",
        ),
    ] {
        let ollama = raw(answer, endless).await;
        let said = match ollama.models().await {
            Ok(models) => {
                assert!(models.is_empty());
                String::new()
            }
            Err(error) => error.to_string(),
        };
        assert!(
            said.contains(expected) && said.is_empty() == expected.is_empty(),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_real_server_embeds_by_meaning() {
    let Ok(host) = std::env::var("OLLAMA_HOST") else {
        eprintln!("skipped: OLLAMA_HOST names no model server");
        return;
    };
    let ollama = Ollama::new(Host::parse(&host).unwrap(), Patience::default()).unwrap();
    let mut found = None;
    for model in ollama.models().await.unwrap() {
        if ollama.embeds(&model).await.unwrap() {
            found = Some(model);
            break;
        }
    }
    let Some(model) = found else {
        eprintln!("skipped: the server at {host} has no model that embeds");
        return;
    };
    let space = ollama.space(&model).await.unwrap();
    let long = "a very long page about databases ".repeat(3_000);
    let asked = texts(&[
        "registered nurse on an intensive care ward",
        "patient care in a hospital",
        "Kubernetes cluster operations",
        &long,
    ]);
    let vectors = ollama.embed(&model, &space, &asked).await.unwrap();
    assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]));
    for vector in &vectors {
        let length: f32 = vector.iter().map(|part| part * part).sum();
        assert!((length - 1.0).abs() < 1e-3 && vector.len() == space.dims);
    }
}
