//! A page in a real Chromium that reaches no host, driven through chromedriver.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

/// A browser with one tab. It is gone when this is dropped.
pub(super) struct Page {
    port: u16,
    session: String,
    driver: Child,
    _folder: tempfile::TempDir,
}

impl Page {
    /// Starts a browser for which no name leads anywhere.
    pub(super) fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .map(Result::unwrap)
            .find_map(|line| {
                let (_, port) = line.split_once("successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            })
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let profile = format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        );
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--window-size=1100,900",
            &profile,
        ];
        let asked = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let made = http(port, "POST", "/session", &asked);
        let session = made["value"]["sessionId"].as_str();
        let page = Self {
            port,
            session: session.unwrap_or_else(|| panic!("{made}")).to_owned(),
            driver,
            _folder: folder,
        };
        // What the browser's own first tab asks for is no matter of ours.
        page.call("POST", "/url", &json!({"url": "about:blank"}));
        page.asked_for();
        page
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = http(
            self.port,
            method,
            &format!("/session/{}{path}", self.session),
            body,
        );
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    /// Opens a file.
    pub(super) fn open(&self, file: &Path) {
        let url = format!("file://{}", file.canonicalize().unwrap().display());
        self.call("POST", "/url", &json!({ "url": url }));
    }

    /// What a script returns.
    pub(super) fn run(&self, script: &str) -> Value {
        self.call(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": []}),
        )
    }

    /// The whole page as it looks to who likes it light or dark.
    pub(super) fn picture(&self, scheme: &str) -> Vec<u8> {
        let media = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": media }));
        let whole = json!({"captureBeyondViewport": true, "format": "png"});
        let picture = self.devtools("Page.captureScreenshot", whole);
        BASE64_STANDARD
            .decode(picture["data"].as_str().unwrap())
            .unwrap()
    }

    /// The page on paper, as PDF.
    pub(super) fn printed(&self) -> Vec<u8> {
        let printed = self.call("POST", "/print", &json!({"background": true}));
        BASE64_STANDARD.decode(printed.as_str().unwrap()).unwrap()
    }

    /// What the console said.
    pub(super) fn complaints(&self) -> Vec<String> {
        let said = self.call("POST", "/se/log", &json!({"type": "browser"}));
        let said = said.as_array().unwrap().iter();
        said.map(|line| line["message"].to_string()).collect()
    }

    /// The addresses that were asked for.
    pub(super) fn asked_for(&self) -> Vec<String> {
        let said = self.call("POST", "/se/log", &json!({"type": "performance"}));
        let said = said.as_array().unwrap().iter().filter_map(|line| {
            let event: Value = serde_json::from_str(line["message"].as_str()?).ok()?;
            let event = &event["message"];
            let is_request = event["method"] == "Network.requestWillBeSent";
            let url = event["params"]["request"]["url"].as_str()?;
            is_request.then(|| url.to_owned())
        });
        said.collect()
    }

    fn devtools(&self, command: &str, params: Value) -> Value {
        let body = json!({"cmd": command, "params": params});
        self.call("POST", "/goog/cdp/execute", &body)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // Ends the browser with the driver.
        let path = format!("/session/{}", self.session);
        http(self.port, "DELETE", &path, &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn http(port: u16, method: &str, path: &str, body: &Value) -> Value {
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    // chromedriver leaves the connection open, whatever it is asked.
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line).unwrap();
        let line = line.trim().to_lowercase();
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{path}: {error}"))
}
