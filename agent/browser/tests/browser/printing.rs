//! A page of ours as PDF.

use std::{
    io::Write as _,
    net::TcpListener,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use agent_browser::{Browser, BrowserError, Chromium, Page};

use crate::world::World;

/// The words of a PDF as poppler reads them; `None` where it is not installed.
fn words_of(pdf: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    reader.stdin.take()?.write_all(pdf).ok()?;
    let read = reader.wait_with_output().ok()?;
    String::from_utf8(read.stdout).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_page_is_printed_with_its_words_and_fetches_nothing() {
    let world = World::start().await;
    // Whoever asks this listener was not to ask.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for _ in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let long = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(12);
    let row = "<p>Zeile für Zeile steht hier ein Satz, der gelesen werden kann.</p>".repeat(90);
    let html = format!(
        "<!doctype html><html lang=de><meta charset=utf-8><title>Letter</title>\
         <style>p {{ overflow-wrap: anywhere }}</style>\
         <img src=http://{address}/a.png><script src=http://{address}/a.js></script>\
         <p>Łukasz Żółć, 山田 太郎, Ñandú &amp; Söhne</p><p>{long}</p>{row}<p>Das Ende.</p>"
    );
    let dir = world.session_dir();
    let page = Page {
        html,
        dir: dir.clone(),
    };
    let pdf = Chromium::new(world.options()).print(page).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"), "{} bytes", pdf.len());
    assert!(!dir.exists(), "nothing is left of it");
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nothing was fetched");
    let pages = pdf.windows(12).filter(|at| at == b"/Type /Page\n").count();
    assert!(pages >= 2, "{pages} pages");
    let Some(words) = words_of(&pdf) else { return };
    for expected in ["Łukasz Żółć", "Ñandú & Söhne", "Das Ende."] {
        assert!(words.contains(expected), "{expected}\n{words}");
    }
    let whole: String = words.split_whitespace().collect();
    assert!(whole.contains(&long), "a long word is not cut off");
    assert_eq!(words.matches("gelesen werden kann").count(), 90);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_browser_printing_says_what_is_missing() {
    let world = World::start().await;
    let mut options = world.options();
    options.chromium = Some("/nowhere/chromium".into());
    let page = Page {
        html: "<p>Hello</p>".to_owned(),
        dir: world.session_dir(),
    };
    let error = Chromium::new(options).print(page).await.unwrap_err();
    assert!(matches!(error, BrowserError::Missing { .. }), "{error}");
}
