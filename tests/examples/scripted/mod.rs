//! A browser without a screen for the fault tests: it speaks HTTP and goes
//! through the product's own gate, so that thousands of kills are affordable.
//!
//! It stops where it is told (`SCRIPTED_HOLD`), says so in a file, and waits to
//! be killed.

mod http;
mod page;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use agent_approval::{
    Action, Field, FieldKind, FileRef, FormSnapshot, Pinned, Release, ReleaseKind, SentAs, Sha256,
    Source, Value,
};
use agent_browser::{
    Browser, BrowserError, Evidence, Filled, Outcome, Page, Permit, Session, Visit,
    gate::{Decision, Gate, GateOptions, PausedRequest, PostedBody, ReleaseOrder},
};
use agent_core::form::{FileToSend, Filling, LivePage, Put};
use agentd::boot::BrowserParts;
use async_trait::async_trait;
use url::Url;

use self::{http::Wire, page::Form};

/// Whether the gate is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As the product does.
    Gated,
    /// The form is sent straight to the employer as soon as it is filled.
    Forced,
}

/// A browser of this manner, for a practice home.
pub(crate) fn browser(manner: Manner, parts: BrowserParts) -> Arc<dyn Browser> {
    Arc::new(Scripted {
        manner,
        hold: Hold {
            at: std::env::var("SCRIPTED_HOLD").unwrap_or_default(),
            said: parts.home.join("held"),
        },
        parts,
    })
}

/// Where to stop.
#[derive(Debug, Clone)]
struct Hold {
    at: String,
    said: PathBuf,
}

impl Hold {
    fn is_at(&self, point: &str) -> bool {
        self.at == point
    }

    /// Stops here for ever, if this is the point.
    async fn at(&self, point: &str) {
        if self.is_at(point) {
            // Nobody would wait for a stop that was not said.
            if std::fs::write(&self.said, point).is_ok() {
                std::future::pending::<()>().await;
            }
        }
    }
}

struct Scripted {
    manner: Manner,
    parts: BrowserParts,
    hold: Hold,
}

#[async_trait]
impl Browser for Scripted {
    async fn open(&self, visit: Visit) -> Result<Box<dyn Session>, BrowserError> {
        let url = Url::parse(&visit.recipe.url).map_err(io::Error::other)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let gate = Gate::start(GateOptions {
            outlet: Arc::clone(&self.parts.outlet),
            log: Arc::clone(&self.parts.log),
            page_hosts: std::iter::once(host)
                .chain(visit.recipe.page_hosts.clone())
                .collect(),
            helper_hosts: visit.recipe.helper_hosts.clone(),
        })
        .await?;
        let mark = self
            .parts
            .practice
            .as_ref()
            .ok_or_else(|| BrowserError::Missing {
                program: "a practice employer",
                advice: "this browser exists for practice homes alone".to_owned(),
            })?;
        let mut wire = Wire::new(mark.address, &mark.ca)?;
        if self.manner == Manner::Gated {
            wire.proxy = Some(gate.address());
        }
        Ok(Box::new(Sitting {
            manner: self.manner,
            hold: self.hold.clone(),
            visit,
            url,
            gate,
            wire,
            form: None,
            volatile: Vec::new(),
            files: Vec::new(),
            body: Vec::new(),
        }))
    }

    async fn print(&self, _: Page) -> Result<Vec<u8>, BrowserError> {
        Err(BrowserError::Missing {
            program: "Chromium",
            advice: "this browser prints nothing".to_owned(),
        })
    }

    async fn check(&self) -> Result<String, BrowserError> {
        Ok("a scripted browser, for tests".to_owned())
    }
}

/// One visit.
struct Sitting {
    manner: Manner,
    hold: Hold,
    visit: Visit,
    url: Url,
    gate: Gate,
    wire: Wire,
    form: Option<Form>,
    /// Names of hidden values that differed between the two loads.
    volatile: Vec<String>,
    files: Vec<FileToSend>,
    /// The body as it would be sent: parts, and files by their place on disk.
    body: Vec<Part>,
}

/// A piece of the body.
enum Part {
    Text(Vec<u8>),
    File(PathBuf),
}

const BOUNDARY: &str = "----scripted-browser-boundary-7d1f";

impl Sitting {
    async fn get(&self, url: &Url) -> Result<http::Answer, BrowserError> {
        let paused = PausedRequest {
            method: "GET".to_owned(),
            url: url.to_string(),
            ..PausedRequest::default()
        };
        let load = |why: String| BrowserError::Load {
            url: url.to_string(),
            why,
        };
        if self.manner == Manner::Gated {
            match self.gate.decide(&paused).await {
                Decision::Continue => {}
                other => return Err(load(format!("{other:?}"))),
            }
        }
        let sent = self.wire.send("GET", url, None).await;
        sent.map_err(|error| load(error.to_string()))
    }

    async fn form(&self) -> Result<Form, BrowserError> {
        let answer = self.get(&self.url).await?;
        if answer.status == 404 {
            return Err(BrowserError::Closed {
                url: self.url.to_string(),
            });
        }
        page::read(&answer.body).ok_or_else(|| BrowserError::Changed {
            what: "there is no form".to_owned(),
        })
    }

    fn action(&self, form: &Form) -> Result<Url, BrowserError> {
        let action = self.url.join(&form.action).map_err(io::Error::other)?;
        Ok(action)
    }

    fn multipart(&mut self, form: &Form, fillings: &[Filling]) {
        let mut parts = Vec::new();
        let mut text = Vec::new();
        for (name, value) in &form.hidden {
            text.extend(pair(name, value));
        }
        for named in &form.controls {
            let put = fillings
                .iter()
                .find(|filling| filling.control == named.control.index)
                .map(|filling| &filling.put);
            match put {
                Some(Put::File(file)) => {
                    let head = format!(
                        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; \
                         filename=\"{}\"\r\nContent-Type: text/plain\r\n\r\n",
                        named.name, file.name
                    );
                    text.extend(head.into_bytes());
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    parts.push(Part::File(file.path.clone()));
                    text.extend(b"\r\n");
                }
                Some(Put::Text(value)) => text.extend(pair(&named.name, value)),
                _ if named.control.kind == FieldKind::File => {}
                _ => text.extend(pair(&named.name, "")),
            }
        }
        text.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        parts.push(Part::Text(text));
        self.body = parts;
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut whole = Vec::new();
        for part in &self.body {
            match part {
                Part::Text(text) => whole.extend(text),
                Part::File(path) => whole.extend(std::fs::read(path)?),
            }
        }
        Ok(whole)
    }

    async fn post(&self, action: &Url) -> io::Result<http::Answer> {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let body = self.bytes()?;
        let begun = self.wire.begin("POST", action, Some((&kind, &body)));
        let begun = begun.await?;
        if self.hold.is_at("sending") {
            // The gate lets out what it was given, and the other half is missing.
            while self.gate.forwarded() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            self.hold.at("sending").await;
        }
        begun.finish().await
    }

    /// Sends the form once the gate let the request through.
    async fn try_release(&mut self, permit: Permit) -> Result<Outcome, String> {
        let form = self.form.as_ref().ok_or("no form was read")?;
        let action = self.action(form).map_err(|error| error.to_string())?;
        let order = ReleaseOrder {
            permit,
            files: self.files.clone(),
            sent_as: form
                .controls
                .iter()
                .map(|named| SentAs {
                    field: named.control.name.clone(),
                    name: Some(named.name.clone()),
                    values: Vec::new(),
                })
                .collect(),
            hidden_names: form.hidden.iter().map(|(name, _)| name.clone()).collect(),
            protected: Vec::new(),
        };
        self.gate
            .permit(order)
            .await
            .map_err(|error| error.to_string())?;
        self.hold.at("permitted").await;
        let paused = PausedRequest {
            method: "POST".to_owned(),
            url: action.to_string(),
            headers: vec![(
                "Content-Type".to_owned(),
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )],
            body: PostedBody {
                present: true,
                parts: self
                    .body
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => Some(text.clone()),
                        Part::File(_) => None,
                    })
                    .collect(),
            },
        };
        match self.gate.decide(&paused).await {
            Decision::Release => {}
            other => return Err(format!("the gate held the form back: {other:?}")),
        }
        self.hold.at("armed").await;
        let answer = self
            .post(&action)
            .await
            .map_err(|error| error.to_string())?;
        self.hold.at("answered").await;
        self.gate.answered().await;
        let Some(location) = answer.location.filter(|_| answer.status == 302) else {
            return Ok(Outcome::Refused {
                messages: vec!["the form was not taken".to_owned()],
                evidence: evidence(&action, &answer.body),
            });
        };
        let thanks = action.join(&location).map_err(|error| error.to_string())?;
        let page = self.get(&thanks).await.map_err(|error| error.to_string())?;
        self.hold.at("confirmed").await;
        Ok(Outcome::Confirmed(evidence(&thanks, &page.body)))
    }
}

fn pair(name: &str, value: &str) -> Vec<u8> {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        .into_bytes()
}

fn evidence(url: &Url, page: &str) -> Evidence {
    Evidence {
        url: url.to_string(),
        text: page.chars().take(2_000).collect(),
        reference: page::reference(page),
        screenshot: Vec::new(),
    }
}

#[async_trait]
impl Session for Sitting {
    async fn load(&mut self) -> Result<LivePage, BrowserError> {
        let (first, second) = (self.form().await?, self.form().await?);
        self.volatile = first
            .hidden
            .iter()
            .filter(|pair| !second.hidden.contains(pair))
            .map(|(name, _)| name.clone())
            .collect();
        let action = self.action(&second)?;
        let page = LivePage {
            action: Action {
                method: "POST".to_owned(),
                origin: action.origin().ascii_serialization(),
                path: action.path().to_owned(),
            },
            controls: second
                .controls
                .iter()
                .map(|named| named.control.clone())
                .collect(),
            stop: None,
            refused_hosts: Vec::new(),
        };
        self.form = Some(second);
        self.hold.at("loaded").await;
        Ok(page)
    }

    async fn fill(&mut self, fillings: &[Filling]) -> Result<Filled, BrowserError> {
        if self.manner == Manner::Gated {
            self.gate.shut().await;
        }
        let form = self.form.take().ok_or_else(|| BrowserError::Changed {
            what: "no form was read".to_owned(),
        })?;
        self.multipart(&form, fillings);
        let action = self.action(&form)?;
        let mut files = Vec::new();
        let fields = form
            .controls
            .iter()
            .map(|named| {
                let control = &named.control;
                let filling = fillings
                    .iter()
                    .find(|filling| filling.control == control.index);
                let (value, source) = match filling.map(|filling| (&filling.put, filling.source)) {
                    Some((Put::Text(text), source)) => (Value::Text(text.clone()), source),
                    Some((Put::File(file), source)) => {
                        files.push(FileRef {
                            field: control.name.clone(),
                            name: file.name.clone(),
                            size: file.size,
                            sha256: file.sha256,
                        });
                        self.files.push(file.clone());
                        (Value::File(file.name.clone()), source)
                    }
                    _ => (Value::Empty, Source::None),
                };
                Field {
                    name: control.name.clone(),
                    role: control.role.clone(),
                    kind: control.kind,
                    required: control.required,
                    options: control.options.clone(),
                    value,
                    source,
                }
            })
            .collect();
        let origin = action.origin().ascii_serialization();
        let snapshot = FormSnapshot {
            origin: self.url.origin().ascii_serialization(),
            path: self.url.path().to_owned(),
            query: Vec::new(),
            action: Action {
                method: "POST".to_owned(),
                origin: origin.clone(),
                path: action.path().to_owned(),
            },
            fields,
            files,
            pinned: form
                .hidden
                .iter()
                .filter(|(name, _)| !self.volatile.contains(name))
                .map(|(name, value)| Pinned {
                    name: name.clone(),
                    sha256: Sha256::of(value.as_bytes()),
                })
                .collect(),
            volatile: self.volatile.clone(),
        };
        let filled = Filled {
            snapshot,
            releases: vec![Release {
                kind: ReleaseKind::Submit,
                method: "POST".to_owned(),
                origin,
                path: action.path().to_owned(),
                path_prefix: false,
            }],
            screenshot: Vec::new(),
        };
        self.form = Some(form);
        if self.manner == Manner::Forced {
            self.post(&action).await?;
        }
        self.hold.at("filled").await;
        Ok(filled)
    }

    async fn release(&mut self, permit: Permit) -> Outcome {
        self.hold.at("intended").await;
        if self.manner == Manner::Forced {
            return Outcome::Unanswered {
                forwarded: 0,
                why: "the form was sent before".to_owned(),
                stop: None,
                evidence: None,
            };
        }
        match self.try_release(permit).await {
            Ok(outcome) => outcome,
            Err(why) => Outcome::Unanswered {
                forwarded: self.gate.forwarded(),
                why,
                stop: None,
                evidence: None,
            },
        }
    }

    async fn close(self: Box<Self>) {
        self.gate.close().await;
        // It may never have been made.
        let _ = std::fs::remove_dir_all(Path::new(&self.visit.dir));
    }
}
