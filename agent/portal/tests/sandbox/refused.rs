//! Files that are refused before anything in them runs.

use agent_portal::error::PluginError;
use agent_portal::limits::Limits;

use crate::support::{Bench, built};

async fn check(name: &str, bytes: &[u8], expected: impl FnOnce(&PluginError) -> bool) {
    let bench = Bench::new(Limits::default());
    let error = bench.host.inspect(&bench.file(bytes)).await.err();
    let error = error.unwrap_or_else(|| panic!("{name} was accepted"));
    assert!(expected(&error), "{name}: {error:?}");
    let lever = bench.host.inspect(&built("lever.wasm")).await.unwrap();
    assert_eq!(lever.manifest.id, "lever", "{name}: beside it");
}

fn component(wat: &str) -> Vec<u8> {
    wat::parse_str(wat).unwrap()
}

#[tokio::test]
async fn p5_an_import_outside_the_contract_is_named() {
    for import in [
        "wasi:cli/environment@0.2.0",
        "wasi:sockets/tcp@0.2.0",
        "jobagent:portal/http@0.2.0",
        "jobagent:portal/submit@0.1.0",
        "jobagent:portal/http",
        "anything",
    ] {
        let wat = format!("(component (import \"{import}\" (instance)))");
        check(
            import,
            &component(&wat),
            |error| matches!(error, PluginError::ForeignImport { name } if name == import),
        )
        .await;
    }
}

#[tokio::test]
async fn p5_a_component_that_does_not_fit_the_contract_is_refused() {
    let wrong = |error: &PluginError| matches!(error, PluginError::WrongWorld { .. });
    check("without exports", &component("(component)"), wrong).await;
    let another_type =
        r#"(component (import "jobagent:portal/http@0.1.0" (instance (export "get" (func)))))"#;
    check("an import of another type", &component(another_type), wrong).await;
}

#[tokio::test]
async fn p5_what_is_no_component_is_told_by_what_it_is() {
    let no = |part: &'static str| move |error: &PluginError| matches!(error, PluginError::NotAComponent { found } if found.contains(part));
    let whole = std::fs::read(built("lever.wasm")).unwrap();
    check("core module", &component("(module)"), no("core module")).await;
    check("empty", b"", no("empty")).await;
    check("text", b"(component)", no("another kind")).await;
    check("compiled code", b"\x7fELF\x02\x01\x01", no("compiled code")).await;
    check("truncated", &whole[..whole.len() / 2], no("damaged")).await;
    check("header alone", &whole[..8], |error| {
        matches!(error, PluginError::WrongWorld { .. })
    })
    .await;
    let mut garbled = whole.clone();
    garbled[8..2000].fill(0xff);
    check("garbled", &garbled, no("damaged")).await;
}

#[tokio::test]
async fn p5_a_file_that_is_too_large_is_not_even_read_whole() {
    let limits = Limits {
        component_bytes: 1000,
        ..Limits::default()
    };
    let bench = Bench::new(limits);
    let error = bench.host.inspect(&bench.file(&[0; 1001])).await;
    assert!(matches!(
        error,
        Err(PluginError::TooLarge { limit: 1000, .. })
    ));
    let error = bench.host.inspect(bench.folder.path()).await;
    assert!(
        matches!(error, Err(PluginError::NotAComponent { .. })),
        "{error:?}"
    );
    let error = bench
        .host
        .inspect(&bench.folder.path().join("none.wasm"))
        .await;
    assert!(
        matches!(error, Err(PluginError::Unreadable { .. })),
        "{error:?}"
    );
}
