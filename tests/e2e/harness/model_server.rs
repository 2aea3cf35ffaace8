//! A model server that answers as a test says, speaking Ollama's protocol and
//! OpenAI's: well, or in the ways in which servers fail.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use futures::{Stream, StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

/// A question as it reached the server.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "each test binary uses some")]
pub(crate) struct Asked {
    pub(crate) model: String,
    pub(crate) system: String,
    pub(crate) user: String,
    /// JSON Schema of the answer.
    pub(crate) schema: Value,
    /// The whole body.
    pub(crate) body: Value,
    /// The header of that name, where there is one.
    pub(crate) authorization: Option<String>,
    /// How many questions came before it.
    pub(crate) number: usize,
}

/// How a question is answered.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "each test binary uses some")]
pub(crate) enum Says {
    /// With this text, in pieces.
    Answer(String),
    /// With this text, each piece after a while.
    Slowly(String, Duration),
    /// With this text, which ends because it is as long as was allowed.
    Cut(String),
    /// With this text, and the word that so many tokens of the question were read.
    Read(String, u32),
    /// With a status and a text.
    Status(u16, &'static str),
    /// Never.
    Hang,
    /// With half an answer, after which the connection ends.
    BreaksOff,
    /// Without an end.
    Endless,
    /// Ten bytes a second.
    Drip,
    /// With these bytes, whatever they are.
    Raw(Vec<u8>),
}

#[allow(dead_code, reason = "each test binary uses some")]
impl Says {
    /// A JSON value, as a model would write it.
    pub(crate) fn json(value: &Value) -> Self {
        Self::Answer(value.to_string())
    }
}

type Answers = Box<dyn Fn(&Asked) -> Says + Send + Sync>;

struct Script {
    answers: Answers,
    asked: Mutex<Vec<Asked>>,
    models: Mutex<Vec<Value>>,
    context: AtomicU32,
}

/// A scripted server on loopback. It ends with its value.
pub(crate) struct ModelServer {
    address: SocketAddr,
    script: Arc<Script>,
    task: JoinHandle<()>,
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[allow(dead_code, reason = "each test binary uses some")]
impl ModelServer {
    /// Starts a server with the model `scripted:latest`, which reads 32,768 tokens.
    pub(crate) async fn start(answers: impl Fn(&Asked) -> Says + Send + Sync + 'static) -> Self {
        Self::with_context(32_768, answers).await
    }

    /// Starts a server whose model reads so many tokens.
    pub(crate) async fn with_context(
        context: u32,
        answers: impl Fn(&Asked) -> Says + Send + Sync + 'static,
    ) -> Self {
        let script = Arc::new(Script {
            answers: Box::new(answers),
            asked: Mutex::default(),
            models: Mutex::new(vec![model("scripted:latest")]),
            context: AtomicU32::new(context),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = serve(listener, Arc::clone(&script));
        Self {
            address,
            script,
            task,
        }
    }

    /// Its address, as `OLLAMA_HOST` and `models.ollama` name it.
    pub(crate) fn host(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.script.asked.lock().unwrap().clone()
    }

    /// How often it was asked.
    pub(crate) fn calls(&self) -> usize {
        self.script.asked.lock().unwrap().len()
    }

    /// Has its model read so many tokens at once from now on.
    pub(crate) fn reads_at_once(&self, tokens: u32) {
        self.script.context.store(tokens, Ordering::Relaxed);
    }

    /// Has it no model any more.
    pub(crate) fn remove_models(&self) {
        self.script.models.lock().unwrap().clear();
    }

    /// Ends it; its address is free then.
    pub(crate) async fn end(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Starts it again at its address.
    pub(crate) async fn again(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.task = serve(listener, Arc::clone(&self.script));
    }
}

fn model(name: &str) -> Value {
    json!({"name": name, "model": name, "digest": "c0ffee0123456789", "size": 2_000_000_000_u64})
}

fn serve(listener: TcpListener, script: Arc<Script>) -> JoinHandle<()> {
    let app = Router::new()
        .route("/api/tags", get(tags))
        .route("/api/show", post(show))
        .route("/api/chat", post(chat))
        .route("/v1/chat/completions", post(completions))
        .with_state(script);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() })
}

async fn tags(State(script): State<Arc<Script>>) -> Json<Value> {
    Json(json!({"models": *script.models.lock().unwrap()}))
}

async fn show(State(script): State<Arc<Script>>) -> Json<Value> {
    Json(json!({
        "capabilities": ["completion"],
        "model_info": {"scripted.context_length": script.context.load(Ordering::Relaxed)},
    }))
}

/// Which protocol an answer is written in.
#[derive(Clone, Copy)]
enum Protocol {
    Ollama,
    OpenAi,
}

async fn chat(State(script): State<Arc<Script>>, body: Json<Value>) -> Response {
    let schema = body["format"].clone();
    answer(
        &script,
        (Protocol::Ollama, schema),
        &HeaderMap::new(),
        body.0,
    )
    .await
}

async fn completions(
    State(script): State<Arc<Script>>,
    headers: HeaderMap,
    body: Json<Value>,
) -> Response {
    let schema = body["response_format"]["json_schema"]["schema"].clone();
    answer(&script, (Protocol::OpenAi, schema), &headers, body.0).await
}

async fn answer(
    script: &Script,
    (protocol, schema): (Protocol, Value),
    headers: &HeaderMap,
    body: Value,
) -> Response {
    let said = |role: &str| {
        let messages = body["messages"].as_array().unwrap().iter();
        let of_role = messages.filter(|message| message["role"] == role);
        of_role
            .map(|message| message["content"].as_str().unwrap())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let asked = {
        let mut all = script.asked.lock().unwrap();
        let asked = Asked {
            model: body["model"].as_str().unwrap().to_owned(),
            system: said("system"),
            user: said("user"),
            schema,
            authorization: headers
                .get("authorization")
                .map(|value| value.to_str().unwrap().to_owned()),
            number: all.len(),
            body,
        };
        all.push(asked.clone());
        asked
    };
    let words = (asked.system.len() + asked.user.len()) / 4;
    let read = u32::try_from(words).unwrap();
    let whole = |text: &str, reason: &'static str, read: u32| {
        let mut lines = pieces(protocol, text);
        lines.extend(end(protocol, reason, (read, lines.len())));
        Body::from(lines.concat()).into_response()
    };
    match (script.answers)(&asked) {
        Says::Answer(text) => whole(&text, "stop", read),
        Says::Cut(text) => whole(&text, "length", read),
        Says::Read(text, read) => whole(&text, "stop", read),
        Says::Slowly(text, pause) => {
            let mut lines = pieces(protocol, &text);
            lines.extend(end(protocol, "stop", (read, lines.len())));
            let slow = stream::iter(lines).then(move |line| async move {
                tokio::time::sleep(pause).await;
                line
            });
            flowing(slow)
        }
        Says::Status(status, text) => (StatusCode::from_u16(status).unwrap(), text).into_response(),
        Says::Hang => std::future::pending().await,
        Says::BreaksOff => {
            let begun = stream::iter(pieces(protocol, "{\"half\": "));
            let lines = begun.map(Ok).chain(stream::iter([Err(std::io::Error::other(
                "the server was killed",
            ))]));
            Body::from_stream(lines).into_response()
        }
        Says::Endless => flowing(stream::repeat_with(move || {
            pieces(protocol, "again and ").concat()
        })),
        Says::Drip => {
            let text: String = pieces(protocol, &"x ".repeat(1000)).concat();
            let bytes: Vec<u8> = text.into_bytes();
            let drops: Vec<String> = bytes
                .chunks(5)
                .map(|drop| String::from_utf8_lossy(drop).into_owned())
                .collect();
            flowing(stream::iter(drops).then(|drop| async move {
                tokio::time::sleep(Duration::from_millis(500)).await;
                drop
            }))
        }
        Says::Raw(bytes) => Body::from(bytes).into_response(),
    }
}

fn flowing(lines: impl Stream<Item = String> + Send + 'static) -> Response {
    Body::from_stream(lines.map(Ok::<_, Infallible>)).into_response()
}

/// A text as the lines of an answer, a few characters each.
fn pieces(protocol: Protocol, text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars
        .chunks(8)
        .map(|piece| {
            let piece: String = piece.iter().collect();
            match protocol {
                Protocol::Ollama => {
                    let message = json!({"role": "assistant", "content": piece});
                    format!("{}\n", json!({"message": message, "done": false}))
                }
                Protocol::OpenAi => {
                    let choice = json!({"index": 0, "delta": {"content": piece}});
                    format!("data: {}\n\n", json!({"choices": [choice]}))
                }
            }
        })
        .collect()
}

fn end(protocol: Protocol, reason: &str, (read, written): (u32, usize)) -> Vec<String> {
    match protocol {
        Protocol::Ollama => vec![format!(
            "{}\n",
            json!({
                "message": {"role": "assistant", "content": ""}, "done": true,
                "done_reason": reason, "prompt_eval_count": read, "eval_count": written,
            })
        )],
        Protocol::OpenAi => vec![
            format!(
                "data: {}\n\n",
                json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
            ),
            format!(
                "data: {}\n\n",
                json!({"choices": [], "usage": {"prompt_tokens": read, "completion_tokens": written}})
            ),
            "data: [DONE]\n\n".to_owned(),
        ],
    }
}
