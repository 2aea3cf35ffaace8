//! P5: a plugin that misbehaves harms neither the daemon nor the plugins beside it.

use practice::{Fault, FaultKind, PracticeOptions};

use crate::harness::{Home, component, employer, long};

/// What the hostile plugin does, by board, and a word of the error that names it.
const MISDEEDS: [(&str, &str); 7] = [
    ("memory", "memory"),
    ("recursion", "crashed"),
    ("fetch-ungranted", "granted"),
    ("fetch-redirected", "granted"),
    ("fetch-forever", "pages"),
    ("huge-result", "answer cannot be used"),
    ("panic", "trap"),
];

#[tokio::test(flavor = "multi_thread")]
async fn p5_each_misdeed_is_an_error_of_its_own_and_honest_boards_are_read_beside_it() {
    let employer = employer(PracticeOptions::default()).await;
    employer.set_fault(Fault::new(
        "hostile.example",
        "/redirect",
        FaultKind::Redirect,
    ));
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&[
        "plugin",
        "install",
        "--yes",
        component("testing/hostile.wasm").to_str().unwrap(),
    ]);
    for (misdeed, _) in MISDEEDS {
        home.json(&[
            "source",
            "add",
            &format!("https://hostile.example/{misdeed}"),
        ]);
    }
    home.json(&["source", "add", "https://hostile.example/honest"]);
    let said = home.refused(&["source", "add", "https://hostile.example/loop"], 1);
    // On a busy machine the one limit may be reached before the other.
    let limits = ["processor time", "longer than"];
    assert!(limits.iter().any(|limit| said.contains(limit)), "{said}");

    let output = home.ctl(&["sync"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    home.assert_alive();
    let sources = home.json(&["source", "list"]);
    for source in sources["sources"].as_array().unwrap() {
        let url = source["url"].as_str().unwrap();
        let said = source["last_error"].as_str().unwrap();
        let misdeed = MISDEEDS
            .iter()
            .find(|(key, _)| url.ends_with(&format!("hostile.example/{key}")));
        if let Some((key, says)) = misdeed {
            assert!(said.contains(says), "{key}: {said}");
            assert_eq!(source["jobs_open"], 0, "{key}");
        } else {
            assert_eq!(said, "", "{url}");
            assert!(source["jobs_open"].as_u64().unwrap() > 0, "{url}");
        }
    }
    let reached: Vec<String> = employer
        .requests()
        .into_iter()
        .map(|request| request.host)
        .collect();
    assert!(
        reached.iter().all(|host| !host.contains("elsewhere")),
        "{reached:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_a_component_that_is_none_or_wants_more_is_refused_before_it_runs() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    let write = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let wasi = "(component (import \"wasi:cli/environment@0.2.0\" (instance (export \"get-environment\" (func)))))";
    let honest = std::fs::read(component("lever.wasm")).unwrap();
    let half = honest.len() / 2;
    let cases = [
        (
            write("wasi.wasm", &wat::parse_str(wasi).unwrap()),
            "wasi:cli/environment",
        ),
        (
            write("core.wasm", &wat::parse_str("(module)").unwrap()),
            "component",
        ),
        (write("text.wasm", b"not wasm at all"), "component"),
        (write("half.wasm", &honest[..half]), "component"),
        (
            write("bomb.wasm", &wat::parse_str(bomb()).unwrap()),
            "compiling it takes more than",
        ),
        (home.path().join("missing.wasm"), "missing.wasm"),
    ];
    for (path, says) in cases {
        // The compiler works long on the bomb; either verb has it try.
        let verbs: &[&str] = match path.ends_with("bomb.wasm") && !long() {
            true => &["install"],
            false => &["check", "install"],
        };
        for verb in verbs.iter().copied() {
            let mut args = vec!["plugin", verb, path.to_str().unwrap()];
            args.extend((verb == "install").then_some("--yes"));
            let said = home.refused(&args, 1);
            assert!(said.contains(says), "{verb} {}: {said}", path.display());
        }
    }
    home.assert_alive();
    home.install_plugins();
    let plugins = home.json(&["plugin", "list"]);
    assert_eq!(plugins["plugins"].as_array().unwrap().len(), 2, "{plugins}");
}

/// One function of three megabytes, full of calls: a compiler takes a thousand
/// times its size in memory.
fn bomb() -> String {
    let calls = "(drop (call 0))".repeat(1_000_000);
    format!("(component (core module (func (result i32) {calls} (i32.const 1))))")
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_a_component_swapped_after_installation_does_not_run() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let installed = std::fs::read_dir(home.path().join("plugins/installed")).unwrap();
    for file in installed {
        let path = file.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.last_mut().unwrap();
        *last ^= 1;
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        #[allow(clippy::permissions_set_readonly_false)]
        permissions.set_readonly(false);
        std::fs::set_permissions(&path, permissions).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let doctor = home.json_with(&["doctor"], 1);
    let findings = doctor["findings"].as_array().unwrap();
    let seen = findings
        .iter()
        .filter(|finding| finding["message"].as_str().unwrap().contains("was changed"));
    assert_eq!(seen.count(), 2, "the doctor sees both: {doctor}");
    let output = home.ctl(&["sync"]);
    assert_eq!(output.status.code(), Some(1));
    let sources = home.json(&["source", "list"]);
    for source in sources["sources"].as_array().unwrap() {
        assert!(
            source["last_error"].as_str().unwrap().contains("SHA-256"),
            "{source}"
        );
    }
    assert_eq!(employer.requests().len(), 0, "nothing was fetched");
}
