//! One page in the browser, spoken to through a script world of our own.
#![deny(clippy::indexing_slicing)]

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::sleep};

use crate::devtools::{Client, DevtoolsError, Event};

/// The functions that run in the page's isolated world.
const READER: &str = concat!(include_str!("read.js"), include_str!("act.js"));

/// Name of that world, as DevTools shows it.
const WORLD: &str = "reader";

/// Largest height of a picture of a page, in CSS pixels.
const TALLEST: f64 = 16_000.0;

/// A page, attached to over DevTools.
#[derive(Debug)]
pub(crate) struct Page {
    client: Client,
    session: String,
    frame: String,
    world: Option<i64>,
}

/// A key that is pressed and let go.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    Escape,
    ArrowDown,
    Backspace,
}

impl Page {
    /// Attaches to the browser's first page, and answers its dialogs from then on.
    pub(crate) async fn attach(client: &Client) -> Result<Self, DevtoolsError> {
        let targets = client.call(None, "Target.getTargets", json!({})).await?;
        let page = targets
            .pointer("/targetInfos")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find(|target| text(target, "/type") == "page")
            .map(|target| text(target, "/targetId"))
            .ok_or_else(|| wrong("Target.getTargets", "there is no page"))?;
        let session = client.attach(&page).await?;
        answer_dialogs(client.clone(), session.clone());
        let attached = Self {
            client: client.clone(),
            session,
            frame: page,
            world: None,
        };
        attached.command("Page.enable", json!({})).await?;
        attached.command("Accessibility.enable", json!({})).await?;
        Ok(attached)
    }

    /// A DevTools command to this page.
    pub(crate) async fn command(
        &self,
        method: &str,
        params: Value,
    ) -> Result<Value, DevtoolsError> {
        self.client.call(Some(&self.session), method, params).await
    }

    /// What the browser reports from now on, of every target.
    pub(crate) fn events(&self) -> mpsc::UnboundedReceiver<Event> {
        self.client.events()
    }

    /// Calls a function of the reader with these arguments. A page that has
    /// gone elsewhere meanwhile is asked once more.
    pub(crate) async fn ask(
        &mut self,
        function: &str,
        arguments: Value,
    ) -> Result<Value, DevtoolsError> {
        let mut tries = 0;
        loop {
            let answer = self.ask_once(function, &arguments, true).await;
            match answer {
                Err(error) if error.navigated() && tries < 3 => {
                    self.world = None;
                    tries += 1;
                    sleep(Duration::from_millis(50)).await;
                }
                answer => {
                    return Ok(answer?
                        .pointer("/result/value")
                        .cloned()
                        .unwrap_or_default());
                }
            }
        }
    }

    /// The object a function of the reader returns, to be named to DevTools.
    pub(crate) async fn object(
        &mut self,
        function: &str,
        arguments: Value,
    ) -> Result<String, DevtoolsError> {
        let answer = self.ask_once(function, &arguments, false).await?;
        match answer.pointer("/result/objectId").and_then(Value::as_str) {
            Some(object) => Ok(object.to_owned()),
            None => Err(wrong("Runtime.callFunctionOn", "it returned no object")),
        }
    }

    /// Lets go of the objects that were named.
    pub(crate) async fn release_objects(&self) -> Result<(), DevtoolsError> {
        self.command("Runtime.releaseObjectGroup", json!({"objectGroup": WORLD}))
            .await
            .map(drop)
    }

    async fn ask_once(
        &mut self,
        function: &str,
        arguments: &Value,
        by_value: bool,
    ) -> Result<Value, DevtoolsError> {
        let world = self.world().await?;
        let call = json!({
            "functionDeclaration": "(name, given) => reader[name](...given)",
            "executionContextId": world,
            "arguments": [{"value": function}, {"value": arguments}],
            "returnByValue": by_value,
            "objectGroup": WORLD,
            "awaitPromise": true,
        });
        checked(
            "Runtime.callFunctionOn",
            self.command("Runtime.callFunctionOn", call).await?,
        )
    }

    async fn world(&mut self) -> Result<i64, DevtoolsError> {
        const MAKE: &str = "Page.createIsolatedWorld";
        if let Some(world) = self.world {
            return Ok(world);
        }
        let made = self
            .command(MAKE, json!({"frameId": self.frame, "worldName": WORLD}))
            .await?;
        let world = made.pointer("/executionContextId").and_then(Value::as_i64);
        let world = world.ok_or_else(|| wrong(MAKE, "it made none"))?;
        let script = json!({"expression": READER, "contextId": world, "returnByValue": true});
        checked(
            "Runtime.evaluate",
            self.command("Runtime.evaluate", script).await?,
        )?;
        self.world = Some(world);
        Ok(world)
    }

    /// Types text where the focus is, at once.
    pub(crate) async fn type_text(&self, typed: &str) -> Result<(), DevtoolsError> {
        self.command("Input.insertText", json!({"text": typed}))
            .await
            .map(drop)
    }

    /// Presses a key and lets it go.
    pub(crate) async fn press(&self, key: Key) -> Result<(), DevtoolsError> {
        let (name, code) = match key {
            Key::Escape => ("Escape", 27),
            Key::ArrowDown => ("ArrowDown", 40),
            Key::Backspace => ("Backspace", 8),
        };
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({
                "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code,
            });
            self.command("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Clicks at a point of the window, as a mouse does.
    pub(crate) async fn click_at(&self, x: f64, y: f64) -> Result<(), DevtoolsError> {
        let event = |kind: &str, count: u32| json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": count});
        self.command(
            "Input.dispatchMouseEvent",
            json!({"type": "mouseMoved", "x": x, "y": y}),
        )
        .await?;
        self.command("Input.dispatchMouseEvent", event("mousePressed", 1))
            .await?;
        self.command("Input.dispatchMouseEvent", event("mouseReleased", 1))
            .await?;
        Ok(())
    }

    /// The whole page as a PNG, or as much of it as a picture holds.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>, DevtoolsError> {
        const SHOOT: &str = "Page.captureScreenshot";
        let metrics = self.command("Page.getLayoutMetrics", json!({})).await?;
        let size = |side: &str| {
            metrics
                .pointer(&format!("/cssContentSize/{side}"))
                .and_then(Value::as_f64)
                .unwrap_or(800.0)
        };
        let (width, height) = (size("width"), size("height").min(TALLEST));
        let shot = json!({
            "format": "png",
            "captureBeyondViewport": true,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
        });
        let shot = self.command(SHOOT, shot).await?;
        BASE64_STANDARD
            .decode(text(&shot, "/data"))
            .map_err(|_| wrong(SHOOT, "it is no picture"))
    }
}

/// A dialog stops every script of its page until somebody answers.
fn answer_dialogs(client: Client, session: String) {
    let mut events = client.events();
    // Ends with the browser.
    tokio::spawn(async move {
        while let Some(event) = events.recv().await {
            if event.method != "Page.javascriptDialogOpening"
                || event.session.as_deref() != Some(&session)
            {
                continue;
            }
            // Leaving the page is allowed; whatever else is asked is declined.
            let leaving = text(&event.params, "/type") == "beforeunload";
            let answer = json!({"accept": leaving});
            if client
                .call(Some(&session), "Page.handleJavaScriptDialog", answer)
                .await
                .is_err()
            {
                continue;
            }
        }
    });
}

/// A script's own failure comes as a result.
fn checked(method: &str, answer: Value) -> Result<Value, DevtoolsError> {
    match answer.get("exceptionDetails") {
        None => Ok(answer),
        Some(details) => {
            let said = text(details, "/exception/description");
            Err(wrong(
                method,
                if said.is_empty() {
                    "a script failed"
                } else {
                    &said
                },
            ))
        }
    }
}

fn wrong(method: &str, message: &str) -> DevtoolsError {
    DevtoolsError::Refused {
        method: method.to_owned(),
        message: message.to_owned(),
    }
}

/// The text at a pointer, or none.
pub(crate) fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
