//! The folder of pages: bounded, and whole after anything that can happen to it.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn page(url: &str, body: &[u8]) -> Page {
    let validators = Validators {
        etag: Some("\"1\"".to_owned()),
        last_modified: None,
    };
    Page::new(
        url,
        "text/html",
        validators,
        (at(100), at(200)),
        body.to_vec(),
    )
}

fn bytes(path: &Path) -> u64 {
    let files = fs::read_dir(path).unwrap();
    files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum()
}

/// Which of the pages numbered up to `count` are kept.
async fn kept(folder: &Folder, count: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for number in 0..count {
        if folder.get(&number.to_string()).await.is_some() {
            found.push(number);
        }
    }
    found
}

#[tokio::test]
async fn a_page_is_read_back_as_it_was_kept_also_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pages");
    let folder = Folder::open(&path, 1 << 20).unwrap();
    let first = page("https://a.example/", b"one\ntwo\n\0\xff");
    folder.put(page("https://a.example/", b"before")).await;
    folder.put(first.clone()).await;
    assert_eq!(folder.get("https://a.example/").await, Some(first.clone()));
    assert_eq!(folder.get("https://a.example/other").await, None);
    let again = Folder::open(&path, 1 << 20).unwrap();
    assert_eq!(again.get("https://a.example/").await, Some(first));
    again.remove("https://a.example/").await;
    assert_eq!(again.get("https://a.example/").await, None);
    assert_eq!(bytes(&path), 0);
}

#[tokio::test]
async fn what_was_not_used_for_longest_goes_first_and_the_bound_holds() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let limit = 10 * 1024;
    let folder = Folder::open(path, limit).unwrap();
    let body = vec![b'x'; 900];
    for number in 0..9 {
        folder.put(page(&number.to_string(), &body)).await;
    }
    assert_eq!(kept(&folder, 9).await.len(), 9);
    // The oldest is used once more, then there is no room for all.
    folder.get("0").await.unwrap();
    folder.put(page("9", &body)).await;
    let left = kept(&folder, 10).await;
    assert!(
        left.contains(&0) && left.contains(&9) && !left.contains(&1),
        "{left:?}"
    );
    for number in 10..200 {
        folder.put(page(&number.to_string(), &body)).await;
        assert!(bytes(path) <= limit, "{number}");
    }
    // A tighter bound holds from the start.
    let tighter = Folder::open(path, limit / 2).unwrap();
    assert!(bytes(path) <= limit / 2);
    assert!(tighter.get("199").await.is_some());
    // What is larger than all the room is not kept, and drives out nothing.
    tighter.put(page("199", &vec![b'x'; 6000])).await;
    assert!(tighter.get("199").await.is_none());
    assert!(bytes(path) > 0);
}

#[tokio::test]
async fn a_file_that_is_cut_or_foreign_is_as_if_it_were_not_there() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let url = "https://a.example/";
    let whole = page(url, b"a body of some length");
    let file = |path: &Path| {
        fs::read_dir(path)
            .unwrap()
            .next()
            .map(|file| file.unwrap().path())
    };
    for damage in [
        |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - 1),
        |bytes: &mut Vec<u8>| bytes.truncate(10),
        |bytes: &mut Vec<u8>| bytes.clear(),
        |bytes: &mut Vec<u8>| bytes.insert(0, b'x'),
        |bytes: &mut Vec<u8>| bytes.push(b'x'),
    ] {
        let folder = Folder::open(path, 1 << 20).unwrap();
        folder.put(whole.clone()).await;
        assert!(folder.get(url).await.is_some());
        let name = file(path).unwrap();
        let mut bytes = fs::read(&name).unwrap();
        damage(&mut bytes);
        fs::write(&name, bytes).unwrap();
        assert_eq!(folder.get(url).await, None);
        assert_eq!(file(path), None);
    }
    // What a killed process left half-written is cleared away at the start.
    fs::write(path.join(".tmpA1b2C3"), "half").unwrap();
    Folder::open(path, 1 << 20).unwrap();
    assert_eq!(file(path), None);
}

#[test]
fn a_page_stands_from_when_it_was_read_until_its_end() {
    let page = page("x", b"");
    let stands = |second| page.stands(at(second));
    assert_eq!([99, 100, 199, 200].map(stands), [false, true, true, false]);
}
