//! Workers that are not the worker: whatever the process does, the daemon gets
//! an error of its kind, in time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent_portal::error::PluginError;
use agent_portal::host::WorkerCommand;
use agent_portal::limits::Limits;

use crate::support::{Bench, Pages, board, built};

fn shell(script: &str) -> WorkerCommand {
    WorkerCommand {
        program: "/bin/sh".into(),
        args: vec!["-c".into(), script.into()],
    }
}

async fn check(script: &str, expected: impl FnOnce(&PluginError) -> bool) {
    let limits = Limits {
        compile_cpu: Duration::from_millis(500),
        grace: Duration::from_millis(500),
        wall: Duration::from_secs(2),
        ..Limits::default()
    };
    let bench = Bench::with(shell(script), limits);
    let start = Instant::now();
    let error = bench.host.inspect(&built("lever.wasm")).await.unwrap_err();
    assert!(expected(&error), "{script}: {error:?}");
    assert!(start.elapsed() < Duration::from_secs(10), "{script}");
}

#[tokio::test]
async fn p5_a_worker_that_dies_hangs_or_babbles_is_an_error_of_one_call() {
    let died = |part: &'static str| {
        move |error: &PluginError| {
            matches!(error, PluginError::WorkerDied { .. }) && error.to_string().contains(part)
        }
    };
    check("exit 3", died("exit status: 3")).await;
    check("cat >/dev/null; echo oh no >&2; exit 1", |error| {
        // It waits for the end of its input, which comes with its own end.
        matches!(error, PluginError::CompileLimit { .. })
    })
    .await;
    check(
        "echo oh no >&2; head -c 8 >/dev/null; exit 1",
        died("oh no"),
    )
    .await;
    check("sleep 60", |error| {
        matches!(error, PluginError::CompileLimit { .. })
    })
    .await;
    check("yes", died("bytes where")).await;
    check(
        "printf '\\002\\0\\0\\0\\0\\0\\0\\0{}'; sleep 60",
        died("no sense"),
    )
    .await;
    check(
        "printf '\\022\\0\\0\\0\\0\\0\\0\\0{\"NotLoaded\":\"OutOfFuel\"}' | head -c 8; sleep 60",
        |error| matches!(error, PluginError::CompileLimit { .. }),
    )
    .await;
    check(
        "kill -ABRT $$",
        |error| matches!(error, PluginError::CompileLimit { limit } if limit.contains("memory")),
    )
    .await;
    check("yes >&2", |error| {
        matches!(error, PluginError::CompileLimit { .. })
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_is_not_there_is_named() {
    let command = WorkerCommand {
        program: "/nonexistent/agentd".into(),
        args: Vec::new(),
    };
    let bench = Bench::with(command, Limits::default());
    let error = bench.host.inspect(&built("lever.wasm")).await.unwrap_err();
    assert!(error.to_string().contains("/nonexistent/agentd"), "{error}");
}

#[tokio::test]
async fn p5_a_killed_worker_is_replaced_by_the_next_call() {
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session(
            "testing/hostile.wasm",
            "hostile.example",
            &Arc::new(Pages::default()),
        )
        .await;
    let id = session.worker_id().unwrap();
    let pid = rustix::process::Pid::from_raw(i32::try_from(id).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    let lost = session.discover(&board("honest"), &[], None).await;
    assert!(
        matches!(lost, Err(PluginError::WorkerDied { .. })),
        "{lost:?}"
    );
    let page = session.discover(&board("honest"), &[], None).await.unwrap();
    assert_eq!(page.postings.len(), 2);
    assert_ne!(session.worker_id(), Some(id));
}

#[tokio::test]
async fn p5_a_dropped_call_takes_its_worker_along() {
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session(
            "testing/hostile.wasm",
            "hostile.example",
            &Arc::new(Pages::default()),
        )
        .await;
    let id = session.worker_id().unwrap();
    let dropped = tokio::time::timeout(
        Duration::from_millis(100),
        session.discover(&board("loop"), &[], None),
    )
    .await;
    assert!(dropped.is_err(), "{dropped:?}");
    let page = session.discover(&board("honest"), &[], None).await.unwrap();
    assert_eq!(page.postings.len(), 2, "not the answer of the call before");
    assert_ne!(session.worker_id(), Some(id));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn p5_a_worker_has_its_limits_and_nothing_of_ours() {
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session(
            "testing/hostile.wasm",
            "hostile.example",
            &Arc::new(Pages::default()),
        )
        .await;
    session.discover(&board("honest"), &[], None).await.unwrap();
    let proc = format!("/proc/{}", session.worker_id().unwrap());
    let limits = std::fs::read_to_string(format!("{proc}/limits")).unwrap();
    for (name, value) in [
        ("Max data size", "2147483648"),
        // Hard; the soft one is moved before each call.
        ("Max cpu time", "601"),
        ("Max core file size", "0"),
        ("Max open files", "64"),
        ("Max file size", "134217728"),
    ] {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line.contains(&format!(" {value} ")), "{line}");
    }
    let environment = std::fs::read_to_string(format!("{proc}/environ")).unwrap();
    let names: Vec<&str> = environment
        .split_terminator('\0')
        .filter_map(|set| set.split('=').next())
        .collect();
    assert_eq!(names, ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"]);
    for entry in std::fs::read_dir(format!("{proc}/fd")).unwrap() {
        let target = std::fs::read_link(entry.unwrap().path()).unwrap();
        let target = target.to_string_lossy().into_owned();
        assert!(!target.starts_with("socket:"), "{target}");
    }
}
