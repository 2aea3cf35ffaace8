//! The layer inside the browser: DevTools holds every request of every target
//! (pages, frames, popups, workers) until the gate has decided it.
//!
//! One `Fetch.enable` at the browser's own endpoint reaches all of them. It is
//! in force before the first page is asked for, and when its connection ends
//! the gate is shut: what nobody watches does not leave.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::sleep,
};

use super::{
    Gate,
    request::{Decision, PausedRequest, PostedBody},
};
use crate::devtools::{Client, DevtoolsError, Event};

/// A host that is nowhere, for the proof that WebSockets are blocked.
const NOWHERE: &str = "sockets.gate.invalid";
/// A browser needs a moment to load its extension and the page.
const PROOF_ROUNDS: usize = 10;
const PROOF_PAUSE: Duration = Duration::from_millis(50);

/// Why interception is not in force.
#[derive(Debug, thiserror::Error)]
pub enum InterceptError {
    /// DevTools refused.
    #[error(transparent)]
    Devtools(#[from] DevtoolsError),
    /// There is no page to prove it with.
    #[error("the browser has no page")]
    NoPage,
    /// A WebSocket reached the proxy.
    #[error("the browser does not block WebSockets: it was started without the gate's extension")]
    Sockets,
}

/// Interception in force. Dropping it shuts the gate for good.
pub struct Interception {
    task: JoinHandle<()>,
}

impl Drop for Interception {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Puts `gate` between the browser and the network, and proves that WebSockets
/// do not go past it. Must return before the first page is asked for.
///
/// # Errors
/// When the browser refuses, or was not started with [`super::install::arguments`].
pub async fn attach(client: &Client, gate: &Arc<Gate>) -> Result<Interception, InterceptError> {
    let mut events = client.events();
    let guard = Guard(Arc::clone(gate));
    let watching = client.clone();
    let task = tokio::spawn(async move {
        let guard = guard;
        let mut running = JoinSet::new();
        while let Some(event) = events.recv().await {
            if event.method == "Fetch.requestPaused" {
                let (client, gate) = (watching.clone(), Arc::clone(&guard.0));
                running.spawn(async move { handle(&client, &gate, &event).await });
            }
            while running.try_join_next().is_some() {}
        }
        guard.0.close().await;
    });
    let interception = Interception { task };
    let everything = json!({"patterns": [{"urlPattern": "*", "requestStage": "Request"}]});
    client.call(None, "Fetch.enable", everything).await?;
    prove_sockets_are_blocked(client, gate).await?;
    Ok(interception)
}

/// Shuts the gate when the watch over the browser ends in any way.
struct Guard(Arc<Gate>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.close_now();
    }
}

async fn handle(client: &Client, gate: &Gate, event: &Event) {
    let params = &event.params;
    let Some(id) = text(params, "requestId") else {
        return;
    };
    let (method, arguments) = if params.get("responseStatusCode").is_some() {
        // Only the approved request's answer is paused. It counts before the
        // page has it: whatever the page does next finds the gate moved on.
        gate.answered().await;
        ("Fetch.continueResponse", json!({"requestId": id}))
    } else if let Some(reason) = text(params, "responseErrorReason") {
        gate.failed(reason).await;
        (
            "Fetch.failRequest",
            json!({"requestId": id, "errorReason": reason}),
        )
    } else {
        match gate.decide(&paused(params)).await {
            Decision::Continue => ("Fetch.continueRequest", json!({"requestId": id})),
            Decision::Release => (
                "Fetch.continueRequest",
                json!({"requestId": id, "interceptResponse": true}),
            ),
            Decision::Preflight(headers) => {
                let headers: Vec<_> = headers
                    .iter()
                    .map(|(name, value)| json!({"name": name, "value": value}))
                    .collect();
                let answer =
                    json!({"requestId": id, "responseCode": 204, "responseHeaders": headers});
                ("Fetch.fulfillRequest", answer)
            }
            Decision::Fail(_) => (
                "Fetch.failRequest",
                json!({"requestId": id, "errorReason": "BlockedByClient"}),
            ),
        }
    };
    if let Err(error) = client
        .call(event.session.as_deref(), method, arguments)
        .await
    {
        // The page may be gone; then so is its request.
        tracing::debug!(%error, method, "a paused request was not answered");
    }
}

/// Reads what the browser shows of a request. A body it does not show stays unseen.
fn paused(params: &Value) -> PausedRequest {
    let request = params.get("request").unwrap_or(&Value::Null);
    let headers = request.get("headers").and_then(Value::as_object);
    let headers = headers
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    let entries = request.get("postDataEntries").and_then(Value::as_array);
    let parts = entries.into_iter().flatten().map(|entry| {
        let bytes = entry.get("bytes").and_then(Value::as_str)?;
        STANDARD.decode(bytes).ok()
    });
    let has = request.get("hasPostData").and_then(Value::as_bool);
    PausedRequest {
        method: text(request, "method").unwrap_or_default().to_owned(),
        url: text(request, "url").unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: PostedBody {
            present: has.unwrap_or(false) || entries.is_some(),
            parts: parts.collect(),
        },
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// Opens a WebSocket to nowhere until the proxy is no longer asked for it.
async fn prove_sockets_are_blocked(client: &Client, gate: &Gate) -> Result<(), InterceptError> {
    let targets = client.call(None, "Target.getTargets", json!({})).await?;
    let targets = targets.get("targetInfos").and_then(Value::as_array);
    let page = targets
        .into_iter()
        .flatten()
        .find(|target| text(target, "type") == Some("page"))
        .and_then(|target| text(target, "targetId"))
        .ok_or(InterceptError::NoPage)?;
    let session = client.attach(page).await?;
    // The block does not reach the document a tab has before it loads anything.
    let blank = json!({"url": "about:blank"});
    client.call(Some(&session), "Page.navigate", blank).await?;
    let mut outcome = Err(InterceptError::Sockets);
    for round in 0..PROOF_ROUNDS {
        let host = format!("{round}.{NOWHERE}");
        let script = format!(
            "new Promise(done => {{ new WebSocket('wss://{host}/').onerror = () => done(1); }})"
        );
        let arguments = json!({"expression": script, "awaitPromise": true});
        client
            .call(Some(&session), "Runtime.evaluate", arguments)
            .await?;
        let asked = format!("{host}:443");
        if !gate
            .report()
            .tunnels
            .iter()
            .any(|refused| refused.what == asked)
        {
            outcome = Ok(());
            break;
        }
        sleep(PROOF_PAUSE).await;
    }
    let detach = json!({"sessionId": session});
    client.call(None, "Target.detachFromTarget", detach).await?;
    outcome
}
