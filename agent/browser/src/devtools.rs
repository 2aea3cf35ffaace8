//! A small client of the DevTools protocol at the browser's own endpoint, with
//! flat sessions. No event is ever dropped: a paused request that nobody sees
//! stays paused for good, so subscribers get unbounded channels.
#![deny(clippy::indexing_slicing)]

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};
use url::Url;

/// Longest wait for one answer. A page that hangs must not hang the daemon.
const ANSWER: Duration = Duration::from_secs(60);

/// Screenshots and posted files come in one message.
const LARGEST_MESSAGE: usize = 256 << 20;

/// Something the browser reported.
#[derive(Debug, Clone)]
pub struct Event {
    /// The flat session it belongs to; `None` for the browser itself.
    pub session: Option<String>,
    /// Domain and name ("Fetch.requestPaused").
    pub method: String,
    /// Its content.
    pub params: Value,
}

/// Why a command had no result.
#[derive(Debug, thiserror::Error)]
pub enum DevtoolsError {
    /// The endpoint could not be reached.
    #[error("no connection to the browser at {url}: {why}")]
    Connect {
        /// Address tried.
        url: String,
        /// Why.
        why: String,
    },
    /// The browser ended or cut the connection.
    #[error("the connection to the browser ended")]
    Closed,
    /// The browser refused the command.
    #[error("the browser refused {method}: {message}")]
    Refused {
        /// The command.
        method: String,
        /// Its words.
        message: String,
    },
    /// No answer came.
    #[error("the browser did not answer {method} within {seconds} s")]
    Timeout {
        /// The command.
        method: String,
        /// How long was waited.
        seconds: u64,
    },
}

impl DevtoolsError {
    /// Whether the page went elsewhere while the command ran, so that it can be
    /// asked again of the new page.
    pub fn navigated(&self) -> bool {
        match self {
            Self::Refused { message, .. } => [
                "context was destroyed",
                "Cannot find context",
                "navigated or closed",
            ]
            .iter()
            .any(|words| message.contains(words)),
            Self::Connect { .. } | Self::Closed | Self::Timeout { .. } => false,
        }
    }
}

/// A connection to a browser. Clones share it; it ends with the last of them.
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
    _tasks: Arc<Tasks>,
}

#[derive(Debug)]
struct Shared {
    next: AtomicU64,
    out: mpsc::UnboundedSender<String>,
    state: Mutex<State>,
}

/// What the reader hands things to. Emptied when the connection ends.
#[derive(Debug, Default)]
struct State {
    ended: bool,
    waiting: HashMap<u64, oneshot::Sender<Value>>,
    subscribers: Vec<mpsc::UnboundedSender<Event>>,
}

#[derive(Debug)]
struct Tasks(Vec<JoinHandle<()>>);

impl Drop for Tasks {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl Client {
    /// Connects to a browser endpoint (`ws://127.0.0.1:PORT/devtools/browser/…`).
    ///
    /// # Errors
    /// When nothing answers there, or not as a WebSocket.
    pub async fn connect(url: &str) -> Result<Self, DevtoolsError> {
        let failed = |why: String| DevtoolsError::Connect {
            url: url.to_owned(),
            why,
        };
        let address = Url::parse(url)
            .ok()
            .and_then(|url| {
                Some(format!(
                    "{}:{}",
                    url.host_str()?,
                    url.port_or_known_default()?
                ))
            })
            .ok_or_else(|| failed("it is no address".to_owned()))?;
        let stream = TcpStream::connect(address)
            .await
            .map_err(|e| failed(e.to_string()))?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_MESSAGE))
            .max_frame_size(Some(LARGEST_MESSAGE));
        let (socket, _) = client_async_with_config(url, stream, Some(config))
            .await
            .map_err(|e| failed(e.to_string()))?;
        let (out, commands) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            next: AtomicU64::new(1),
            out,
            state: Mutex::default(),
        });
        let tasks = vec![tokio::spawn(run(socket, commands, Arc::clone(&shared)))];
        Ok(Self {
            shared,
            _tasks: Arc::new(Tasks(tasks)),
        })
    }

    /// Sends a command, to the browser or to an attached target, and waits for
    /// its result.
    ///
    /// # Errors
    /// When the browser refuses it, is gone, or does not answer within a minute.
    pub async fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, DevtoolsError> {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let mut command = json!({"id": id, "method": method, "params": params});
        if let (Some(session), Some(command)) = (session, command.as_object_mut()) {
            command.insert("sessionId".to_owned(), session.into());
        }
        let (answer, answered) = oneshot::channel();
        {
            let mut state = self.shared.state();
            if state.ended {
                return Err(DevtoolsError::Closed);
            }
            state.waiting.insert(id, answer);
        }
        self.shared
            .out
            .send(command.to_string())
            .map_err(|_| DevtoolsError::Closed)?;
        let reply = match timeout(ANSWER, answered).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(_)) => return Err(DevtoolsError::Closed),
            Err(_) => {
                self.shared.state().waiting.remove(&id);
                return Err(DevtoolsError::Timeout {
                    method: method.to_owned(),
                    seconds: ANSWER.as_secs(),
                });
            }
        };
        match reply.get("error") {
            None => Ok(reply.get("result").cloned().unwrap_or(Value::Null)),
            Some(error) => Err(DevtoolsError::Refused {
                method: method.to_owned(),
                message: words(error),
            }),
        }
    }

    /// Everything reported from now on. Ends when the connection does.
    pub fn events(&self) -> mpsc::UnboundedReceiver<Event> {
        let (to, from) = mpsc::unbounded_channel();
        let mut state = self.shared.state();
        if !state.ended {
            state.subscribers.push(to);
        }
        from
    }

    /// Attaches to a target in a flat session of its own and returns the
    /// session's id.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub async fn attach(&self, target: &str) -> Result<String, DevtoolsError> {
        const ATTACH: &str = "Target.attachToTarget";
        let answer = self
            .call(None, ATTACH, json!({"targetId": target, "flatten": true}))
            .await?;
        answer
            .get("sessionId")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| DevtoolsError::Refused {
                method: ATTACH.to_owned(),
                message: "it named no session".to_owned(),
            })
    }

    /// Whether the browser is gone.
    pub fn is_closed(&self) -> bool {
        self.shared.state().ended
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, frame: &str) {
        let Ok(mut message) = serde_json::from_str::<Value>(frame) else {
            return;
        };
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            if let Some(waiting) = self.state().waiting.remove(&id) {
                // The caller may have stopped waiting.
                let _ = waiting.send(message);
            }
            return;
        }
        let Some(method) = message.get("method").and_then(Value::as_str) else {
            return;
        };
        let event = Event {
            session: message
                .get("sessionId")
                .and_then(Value::as_str)
                .map(str::to_owned),
            method: method.to_owned(),
            params: message
                .get_mut("params")
                .map(Value::take)
                .unwrap_or_default(),
        };
        self.state()
            .subscribers
            .retain(|to| to.send(event.clone()).is_ok());
    }

    fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        state.waiting.clear();
        state.subscribers.clear();
    }
}

/// Carries messages both ways until the browser or the last client goes.
async fn run(
    socket: WebSocketStream<TcpStream>,
    mut commands: mpsc::UnboundedReceiver<String>,
    shared: Arc<Shared>,
) {
    let (mut to, mut from) = socket.split();
    let sending = async {
        while let Some(command) = commands.recv().await {
            if to.send(Message::text(command)).await.is_err() {
                break;
            }
        }
    };
    let receiving = async {
        while let Some(Ok(message)) = from.next().await {
            match message {
                Message::Text(text) => shared.take(text.as_str()),
                Message::Close(_) => break,
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    };
    tokio::select! {
        () = sending => {}
        () = receiving => {}
    }
    shared.end();
}

fn words(error: &Value) -> String {
    let part = |key: &str| error.get(key).and_then(Value::as_str);
    match (part("message"), part("data")) {
        (Some(message), Some(more)) => format!("{message} ({more})"),
        (Some(message), None) => message.to_owned(),
        (None, _) => error.to_string(),
    }
}
