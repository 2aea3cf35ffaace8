//! Questions to models that answer in words, against a scripted server that speaks
//! both protocols, well and badly; and against a real one where `OLLAMA_HOST` names it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say what they skip"
)]

#[path = "../../../tests/e2e/harness/model_server.rs"]
mod model_server;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use agent_models::{
    ChatAnswer, ChatQuestion, Exchange, Host, OpenAi, Patience, ServerError,
    ollama::{ChatModel, Ollama},
};
use serde_json::{Value, json};

use self::model_server::{ModelServer, Says};

/// As long as a server that says nothing is waited for.
const QUIET: Duration = Duration::from_millis(400);
/// As long as one is waited for that does answer, on a machine however busy.
const BUSY: Duration = Duration::from_secs(60);

fn schema() -> Value {
    json!({"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]})
}

fn question(schema: &Value) -> ChatQuestion<'_> {
    ChatQuestion {
        system: "Count.",
        user: "How many are there?",
        schema,
        answer_tokens: 50,
        temperature: 0.0,
        seed: 7,
        quiet: BUSY,
    }
}

async fn seat(server: &ModelServer) -> (Ollama, ChatModel) {
    let host = Host::parse(&server.host()).unwrap();
    let ollama = Ollama::new(host, Patience::default()).unwrap();
    let models = ollama.models().await.unwrap();
    let model = ollama.chat_model(&models[0]).await.unwrap().unwrap();
    (ollama, model)
}

fn openai(server: &ModelServer) -> OpenAi {
    let host = Host::parse(&format!("{}/v1", server.host())).unwrap();
    OpenAi::new(host, "local", Patience::default()).unwrap()
}

async fn asked(
    server: &ModelServer,
    question: &ChatQuestion<'_>,
) -> [Result<ChatAnswer, ServerError>; 2] {
    let (ollama, model) = seat(server).await;
    [
        ollama.chat(&model, question, &|_| {}).await,
        openai(server).chat(question, &|_| {}).await,
    ]
}

#[tokio::test]
async fn both_protocols_carry_the_question_and_give_the_answer_as_it_grows() {
    let server = ModelServer::start(|_| Says::Answer("{\"n\": 12345678}".to_owned())).await;
    let schema = schema();
    let question = question(&schema);
    let (ollama, model) = seat(&server).await;
    assert_eq!(model.context, 32_768);
    let seen = Mutex::new(Vec::new());
    let progress = |tokens| seen.lock().unwrap().push(tokens);
    let first = ollama.chat(&model, &question, &progress).await.unwrap();
    assert_eq!(first.text, "{\"n\": 12345678}");
    assert!(!first.cut && first.tokens_in > 0 && first.tokens_out == 2);
    assert_eq!(*seen.lock().unwrap(), [1, 2, 3]);
    let second = openai(&server).with_key("sk-secret").unwrap();
    assert!(!format!("{second:?}").contains("secret"));
    let second = second.chat(&question, &|_| {}).await.unwrap();
    assert_eq!(second.text, first.text);

    let all = server.asked();
    let [told, also] = all.as_slice() else {
        panic!("two questions")
    };
    assert_eq!(
        (told.system.as_str(), told.user.as_str()),
        ("Count.", "How many are there?")
    );
    assert_eq!(told.schema, schema);
    assert_eq!(also.schema, schema);
    assert_eq!(told.body["options"]["temperature"], 0.0);
    assert_eq!(told.body["options"]["seed"], 7);
    assert_eq!(told.body["options"]["num_predict"], 50);
    assert_eq!(told.body["options"]["num_ctx"], 2048);
    assert_eq!(also.body["max_tokens"], 50);
    assert_eq!(also.authorization.as_deref(), Some("Bearer sk-secret"));
    assert_eq!(told.authorization, None);
}

#[tokio::test]
async fn what_a_server_does_wrong_is_an_error_that_says_so() {
    let whole = "{\"n\": 1}";
    for (says, expected) in [
        (Says::Answer(whole.to_owned()), ""),
        (
            Says::Status(500, "{\"error\": \"out of\\u001b[31m memory\"}"),
            "failed (500): out of memory",
        ),
        (Says::Status(503, "busy"), "failed (503): busy"),
        (Says::Hang, "gave no answer within 0.4 s"),
        (Says::Drip, "gave no answer within 0.4 s"),
        (Says::BreaksOff, "broke off"),
        (Says::Endless, "without an end"),
        (Says::Raw(b"<html>".to_vec()), "proper answer|no end"),
        (
            Says::Raw(b"{\"message\": \ndata: {\"choices\": \n".to_vec()),
            "proper answer",
        ),
        (Says::Raw(Vec::new()), "no end"),
        (Says::Raw(vec![b'x'; 1 << 20]), "larger than any answer"),
        (
            Says::Raw(b"{\"error\": \"a fault\"}\ndata: {\"error\": \"a fault\"}\n".to_vec()),
            "a fault",
        ),
        (Says::Read(whole.to_owned(), 1), "its server cut it"),
    ] {
        let quiet = match says {
            Says::Hang | Says::Drip => QUIET,
            _ => BUSY,
        };
        let server = ModelServer::start(move |_| says.clone()).await;
        let schema = schema();
        let question = ChatQuestion {
            quiet,
            ..question(&schema)
        };
        for answer in asked(&server, &question).await {
            match answer {
                Ok(answer) => assert_eq!((answer.text.as_str(), expected), (whole, "")),
                Err(error) => {
                    let said = error.to_string();
                    let expects = expected.split('|').any(|one| said.contains(one));
                    assert!(expects && !expected.is_empty(), "{expected}: {said}");
                    assert!(!said.contains('\u{1b}') && said.len() < 500, "{said:?}");
                }
            }
        }
    }
}

/// The patience is for one piece of an answer, not for all of them.
#[tokio::test]
async fn an_answer_may_take_longer_than_the_quiet_between_its_pieces() {
    let quiet = Duration::from_secs(4);
    let pause = Duration::from_millis(1_500);
    let whole = "{\"n\": 12345678}";
    let server = ModelServer::start(move |_| Says::Slowly(whole.to_owned(), pause)).await;
    let schema = schema();
    let question = ChatQuestion {
        quiet,
        ..question(&schema)
    };
    let begun = Instant::now();
    let (ollama, model) = seat(&server).await;
    let openai = openai(&server);
    let (one, other) = tokio::join!(
        ollama.chat(&model, &question, &|_| {}),
        openai.chat(&question, &|_| {}),
    );
    assert_eq!(
        (one.unwrap().text, other.unwrap().text),
        (whole.to_owned(), whole.to_owned())
    );
    assert!(begun.elapsed() > quiet, "the server was not slow");
}

#[tokio::test]
async fn a_missing_model_a_wrong_key_and_a_cut_answer_are_told_apart() {
    let schema = schema();
    let server = ModelServer::start(|_| Says::Status(404, "{\"error\": \"not found\"}")).await;
    let [ollama, openai] = asked(&server, &question(&schema)).await;
    let said = ollama.unwrap_err().to_string();
    assert!(said.contains("ollama pull scripted:latest"), "{said}");
    let said = openai.unwrap_err().to_string();
    assert!(said.contains("has no model local"), "{said}");

    let server = ModelServer::start(|_| Says::Status(401, "no")).await;
    let [_, openai] = asked(&server, &question(&schema)).await;
    assert!(
        matches!(openai, Err(ServerError::Denied { .. })),
        "{openai:?}"
    );

    let server = ModelServer::start(|_| Says::Cut("{\"n\"".to_owned())).await;
    for answer in asked(&server, &question(&schema)).await {
        assert!(answer.unwrap().cut);
    }
}

#[tokio::test]
async fn a_question_longer_than_the_context_is_not_asked() {
    let server = ModelServer::with_context(512, |_| Says::Answer("{}".to_owned())).await;
    let (ollama, model) = seat(&server).await;
    let (schema, long) = (schema(), "many words ".repeat(200));
    let longer = ChatQuestion {
        user: &long,
        ..question(&schema)
    };
    let found = ollama.chat(&model, &longer, &|_| {}).await;
    assert!(
        matches!(found, Err(ServerError::ContextTooSmall { has: 512, .. })),
        "{found:?}"
    );
    assert_eq!(server.calls(), 0);
    ollama
        .chat(&model, &question(&schema), &|_| {})
        .await
        .unwrap();
    assert_eq!(server.asked()[0].body["options"]["num_ctx"], 512);
}

#[tokio::test]
async fn an_exchange_is_told_also_when_nobody_waits_for_its_end() {
    let server = ModelServer::start(|_| Says::Hang).await;
    let told: Arc<Mutex<Vec<Exchange>>> = Arc::default();
    let (ollama, model) = seat(&server).await;
    let ledger = Arc::clone(&told);
    let ollama = ollama.telling(Arc::new(move |one| ledger.lock().unwrap().push(one)));
    let schema = schema();
    let asking = ChatQuestion {
        quiet: Duration::from_secs(60),
        ..question(&schema)
    };
    tokio::select! {
        ended = ollama.chat(&model, &asking, &|_| {}) => panic!("{ended:?}"),
        () = async { while server.calls() == 0 { tokio::task::yield_now().await } } => {}
    }
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].url.ends_with("/api/chat") && told[0].bytes_out > 50);
}

#[tokio::test]
async fn a_real_server_answers_in_the_shape_asked_for() {
    let Ok(host) = std::env::var("OLLAMA_HOST") else {
        eprintln!("skipped: OLLAMA_HOST names no model server");
        return;
    };
    let ollama = Ollama::new(Host::parse(&host).unwrap(), Patience::default()).unwrap();
    let mut models = ollama.models().await.unwrap();
    Ollama::sort_for_chat(&mut models);
    let mut found = None;
    for model in &models {
        found = found.or(ollama.chat_model(model).await.unwrap());
    }
    let Some(model) = found else {
        eprintln!("skipped: the server at {host} has no model that answers");
        return;
    };
    let schema = schema();
    let question = ChatQuestion {
        user: "How many legs has a spider? Answer as JSON with the key n.",
        quiet: Duration::from_secs(120),
        ..question(&schema)
    };
    let answer = ollama.chat(&model, &question, &|_| {}).await.unwrap();
    let value: Value = serde_json::from_str(&answer.text).unwrap();
    assert!(value["n"].is_i64() && answer.tokens_in > 5, "{answer:?}");
}
