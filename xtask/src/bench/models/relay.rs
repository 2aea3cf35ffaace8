//! A model server between the daemon and the measuring: a scripted one that answers in
//! the time a model takes, or the way to a real one. It keeps what was asked, so that
//! the very same call can be made without the daemon.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;

/// Lines of a scripted answer, and the time each takes: about as a model of a few
/// billion parameters answers on a laptop.
const LINES: usize = 60;
const LINE: Duration = Duration::from_millis(40);

/// What becomes of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// It is kept and refused.
    Keep,
    /// It is answered.
    Answer,
}

#[derive(Debug)]
struct State {
    mode: Mode,
    /// The last question.
    body: Vec<u8>,
    /// Questions that were answered.
    calls: usize,
}

/// The server; it ends with the process.
#[derive(Debug, Clone)]
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    upstream: Option<String>,
    state: Arc<Mutex<State>>,
}

impl Relay {
    /// Starts it before the server at `upstream` ("127.0.0.1:11434"), or as a scripted
    /// one.
    pub(super) fn start(upstream: Option<String>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let relay = Self {
            address: listener.local_addr()?,
            upstream,
            state: Arc::new(Mutex::new(State {
                mode: Mode::Answer,
                body: Vec::new(),
                calls: 0,
            })),
        };
        let serving = relay.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let relay = serving.clone();
                // A connection that breaks is its client's to notice.
                thread::spawn(move || relay.serve(stream));
            }
        });
        Ok(relay)
    }

    pub(super) fn set(&self, mode: Mode) {
        self.state().mode = mode;
    }

    /// The last question.
    pub(super) fn body(&self) -> Vec<u8> {
        self.state().body.clone()
    }

    /// Questions that were answered.
    pub(super) fn calls(&self) -> usize {
        self.state().calls
    }

    /// Asks without the daemon; gives the bytes of the answer.
    pub(super) fn ask(&self, body: &[u8]) -> Result<usize> {
        let mut stream = TcpStream::connect(self.address)?;
        let length = body.len();
        let head = format!(
            "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        if !answer.starts_with(b"HTTP/1.1 200") && !answer.starts_with(b"HTTP/1.0 200") {
            bail!("the model server did not answer a plain call");
        }
        Ok(answer.len())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_nodelay(true)?;
        let (head, body) = request(&stream)?;
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let chat = path == "/api/chat";
        if chat {
            let mut state = self.state();
            state.body.clone_from(&body);
            if state.mode == Mode::Keep {
                drop(state);
                return answer(&mut stream, "500 Internal Server Error", b"{}");
            }
            state.calls += 1;
        }
        match &self.upstream {
            Some(upstream) => forward(&mut stream, upstream, &path, &body),
            None => scripted(&mut stream, &path),
        }
    }
}

fn request(stream: &TcpStream) -> Result<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(Ok(0), |(_, value)| value.trim().parse())
        .context("a question of no length")?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((head, body))
}

fn answer(stream: &mut TcpStream, status: &str, body: &[u8]) -> Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    Ok(())
}

fn forward(stream: &mut TcpStream, upstream: &str, path: &str, body: &[u8]) -> Result<()> {
    let mut server = TcpStream::connect(upstream)?;
    server.set_nodelay(true)?;
    let method = if body.is_empty() { "GET" } else { "POST" };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {upstream}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    server.write_all(head.as_bytes())?;
    server.write_all(body)?;
    io::copy(&mut server, stream)?;
    stream.shutdown(Shutdown::Write)?;
    Ok(())
}

fn scripted(stream: &mut TcpStream, path: &str) -> Result<()> {
    match path {
        "/api/tags" => {
            let model =
                json!({"name": "scripted:latest", "digest": "b0b0", "size": 2_000_000_000_u64});
            answer(
                stream,
                "200 OK",
                json!({"models": [model]}).to_string().as_bytes(),
            )
        }
        "/api/show" => {
            let shown =
                json!({"capabilities": ["completion"], "model_info": {"s.context_length": 32_768}});
            answer(stream, "200 OK", shown.to_string().as_bytes())
        }
        _ => {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n",
            )?;
            let whole = "{\"items\": []}";
            for number in 0..LINES {
                thread::sleep(LINE);
                // The blanks of a JSON text, and its end with the last line.
                let last = number + 1 == LINES;
                let piece = if last { whole } else { " " };
                let line = json!({
                    "message": {"role": "assistant", "content": piece}, "done": last,
                    "done_reason": "stop", "eval_count": LINES, "prompt_eval_count": 4000,
                });
                writeln!(stream, "{line}")?;
            }
            Ok(())
        }
    }
}
