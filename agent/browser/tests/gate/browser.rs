//! A real Chromium behind a gate of its own, driven through chromedriver.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use agent_browser::devtools::Client;
use agent_browser::gate::{Gate, GateOptions, Stage, install, intercept};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::order::Plan;
use crate::outlet::{Ledger, To};
use crate::site::{Asked, Site};

/// Longer than anything here takes on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// A browser at a site, its gate, and the session through which it is driven.
pub(crate) struct Browser {
    pub(crate) gate: Arc<Gate>,
    pub(crate) ledger: Ledger,
    driver: Driver,
    _interception: intercept::Interception,
    _devtools: Client,
    _folder: tempfile::TempDir,
}

struct Driver {
    port: u16,
    session: String,
    child: Child,
}

impl Browser {
    /// A fresh browser in the default profile, with the gate in its first phase.
    pub(crate) async fn start(site: &Site) -> Self {
        Self::at_a_distance(site, Duration::ZERO).await
    }

    pub(crate) async fn at_a_distance(site: &Site, delay: Duration) -> Self {
        let ledger = Ledger::default();
        let options = GateOptions {
            outlet: Arc::new(To {
                address: site.address,
                delay,
            }),
            log: Arc::new(ledger.clone()),
            page_hosts: ["jobs.test", "frame.test"].map(str::to_owned).to_vec(),
            helper_hosts: vec!["captcha.test".to_owned()],
        };
        let gate = Arc::new(Gate::start(options).await.unwrap());
        let folder = tempfile::tempdir().unwrap();
        let (driver, debugger) = Driver::start(&gate, folder.path()).await;
        let version = http(&debugger, "GET", "/json/version", &Value::Null).await;
        let endpoint = version["webSocketDebuggerUrl"].as_str().unwrap();
        let devtools = Client::connect(endpoint).await.unwrap();
        let interception = intercept::attach(&devtools, &gate).await.unwrap();
        Self {
            gate,
            ledger,
            driver,
            _interception: interception,
            _devtools: devtools,
            _folder: folder,
        }
    }

    /// Loads a page and waits for what its script promises in `ready`: once the
    /// gate is shut, nothing more loads.
    pub(crate) async fn load(&self, url: &str) {
        self.driver.call("POST", "/url", &json!({"url": url})).await;
        self.run("await window.ready").await;
    }

    /// Runs a script in the page and returns what it returns, promises too.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {script} }})().then(done, error => done('failed: ' + error))"
        );
        let body = json!({"script": script, "args": []});
        self.driver.call("POST", "/execute/async", &body).await
    }

    /// Puts the approved values into the form, with the gate shut.
    pub(crate) async fn fill(&self, plan: &Plan) {
        self.gate.shut().await;
        let value = |name: &str, value: &str| {
            let value = json!(value);
            format!(
                "{{ const field = document.querySelector('[name={name}]'); if (field) {{ field.value = {value}; field.dispatchEvent(new Event('input', {{bubbles: true}})); }} }}"
            )
        };
        let script = format!(
            "{}{}",
            value("full_name", crate::order::NAME),
            value("email", crate::order::EMAIL)
        );
        self.run(&script).await;
        for file in &plan.files {
            let found = json!({"using": "css selector", "value": "[type=file]"});
            let found = self.driver.call("POST", "/element", &found).await;
            let id = found.as_object().unwrap().values().next().unwrap();
            let path = format!("/element/{}/value", id.as_str().unwrap());
            self.driver
                .call("POST", &path, &json!({"text": file.path}))
                .await;
        }
    }

    /// Loads the form, fills it and has the gate accept the approval.
    pub(crate) async fn prepare(&self, plan: &Plan) {
        self.load("https://jobs.test/form").await;
        self.fill(plan).await;
        self.gate.permit(plan.order()).await.unwrap();
    }

    /// Presses the button, without waiting for what follows.
    pub(crate) async fn press(&self) {
        self.run("setTimeout(() => document.querySelector('button').click(), 0)")
            .await;
    }

    pub(crate) async fn until(&self, wanted: impl Fn(Stage) -> bool) -> Stage {
        let mut stages = self.gate.stages();
        let reached = timeout(LONG, stages.wait_for(|stage| wanted(*stage))).await;
        let reached = reached.map(|stage| *stage.unwrap());
        reached.unwrap_or_else(|_| {
            panic!("{:?} {:?}", self.gate.stages().borrow(), self.gate.report())
        })
    }

    /// Waits until the gate has refused a request whose description holds `words`.
    pub(crate) async fn until_refused(&self, words: &str) {
        let refused = async {
            while !self
                .gate
                .report()
                .requests
                .iter()
                .any(|refused| refused.what.contains(words))
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let refused = timeout(LONG, refused).await;
        refused.unwrap_or_else(|_| panic!("{words} was not refused: {:?}", self.gate.report()));
    }

    /// Ends Chromium; the gate is left as it is.
    pub(crate) async fn quit(&self) {
        self.driver.call("DELETE", "", &Value::Null).await;
    }

    /// Shuts the gate for good and ends the browser: nothing arrives after this.
    pub(crate) async fn end(mut self) {
        self.gate.close().await;
        self.quit().await;
        self.driver.child.kill().await.unwrap();
    }
}

impl Driver {
    async fn start(gate: &Gate, folder: &Path) -> (Self, String) {
        let (child, port) = loop {
            // It may find that another program took the port it chose.
            if let Some(started) = spawn().await {
                break started;
            }
        };
        let extension = folder.join("extension");
        install::write_extension(&extension).unwrap();
        let mut arguments = install::arguments(gate.address(), &extension);
        arguments.push(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ));
        arguments.extend(
            [
                "--headless=new",
                "--no-sandbox",
                "--ignore-certificate-errors",
                // Pages of the address bar: half of what it costs to start.
                "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
            ]
            .map(str::to_owned),
        );
        let options = json!({"args": arguments});
        let asked = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}});
        let made = http(&format!("127.0.0.1:{port}"), "POST", "/session", &asked).await;
        let value = &made["value"];
        let session = value["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("{made}"))
            .to_owned();
        let debugger = &value["capabilities"]["goog:chromeOptions"]["debuggerAddress"];
        let debugger = debugger.as_str().unwrap().to_owned();
        (
            Self {
                port,
                session,
                child,
            },
            debugger,
        )
    }

    async fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        let mut answer = http(&format!("127.0.0.1:{}", self.port), method, &path, body).await;
        answer["value"].take()
    }
}

/// Starts chromedriver on a port of its choice; `None` when it did not start.
async fn spawn() -> Option<(Child, u16)> {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            // A full pipe would stop it.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((child, port.trim_end_matches('.').parse().unwrap()));
        }
    }
    None
}

/// One exchange of JSON over plain HTTP.
async fn http(address: &str, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("{head}{body}").as_bytes())
        .await
        .unwrap();
    let mut bytes = Vec::new();
    timeout(LONG, async {
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let head = head.to_ascii_lowercase();
                let length = head.split("content-length:").nth(1).unwrap();
                let length: usize = length.split("\r\n").next().unwrap().trim().parse().unwrap();
                if body.len() >= length {
                    return serde_json::from_str(body).unwrap();
                }
            }
            assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "{text}");
        }
    })
    .await
    .unwrap_or_else(|_| panic!("{method} {path} was not answered"))
}

/// How often a case runs: as given, or many times when asked for.
pub(crate) fn rounds(ordinary: usize, long: usize) -> usize {
    match std::env::var_os("AGENT_LONG") {
        Some(_) => long,
        None => ordinary,
    }
}

/// The form that the approved manifest of [`Plan::form`] was read from.
pub(crate) fn form(more: &str) -> String {
    format!(
        "<!doctype html><title>form</title><form action=/apply method=post>\
         <input name=full_name><input name=email>{more}<button>Send</button></form>"
    )
}

pub(crate) fn is_post(asked: &Asked) -> bool {
    asked.method == "POST" && asked.target == "/apply"
}
