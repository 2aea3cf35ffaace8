//! Recorded sessions of real boards, where `AGENT_DATA` names a folder of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use agent_portal::host::PluginHost;
use agent_portal::limits::Limits;
use serde_json::Value;

use crate::support::{Bench, Pages, built, installed};

#[tokio::test]
async fn a_recorded_board_gives_all_its_postings() {
    let Some(data) = std::env::var_os("AGENT_DATA") else {
        return;
    };
    let folder = PathBuf::from(data).join("portals");
    let index = std::fs::read(folder.join("index.json")).unwrap();
    let index: Value = serde_json::from_slice(&index).unwrap();
    let bench = Bench::new(Limits::default());
    for session in index["sessions"].as_array().unwrap() {
        let hosts = match session["portal"].as_str() {
            Some("greenhouse") => "boards-api.greenhouse.io",
            Some("lever") => "api.lever.co",
            Some(_) | None => continue,
        };
        check(&bench.host, session, hosts, &folder).await;
    }
}

async fn check(host: &PluginHost, session: &Value, granted: &str, folder: &Path) {
    let mut pages = Pages::default();
    for exchange in session["exchanges"].as_array().unwrap() {
        let file = folder.join(exchange["file"].as_str().unwrap());
        let status = exchange["status"].as_u64().unwrap().try_into().unwrap();
        let body = std::fs::read_to_string(file).unwrap();
        pages = pages.with(exchange["url"].as_str().unwrap(), status, &body);
    }
    let name = session["name"].as_str().unwrap();
    let plugin = format!("{}.wasm", session["portal"].as_str().unwrap());
    let plugin = installed(&built(&plugin), granted);
    let mut open = host.open(&plugin, Arc::new(pages)).await.unwrap();
    let url = session["board"].as_str().unwrap();
    let board = open.claim(url).await.unwrap().unwrap();
    let page = open.discover(&board, &[], None).await.unwrap();
    let expected = session["postings"].as_u64().unwrap();
    assert_eq!(page.postings.len() as u64, expected, "{name}");
    assert!(page.dropped.is_empty(), "{name}: {:?}", page.dropped);
    open.close().await;
}
