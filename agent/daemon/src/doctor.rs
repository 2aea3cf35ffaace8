//! Checks of the set-up, each with what to do about a fault.

mod asked;

use crate::{
    applications::keys::{self, TrustError},
    config,
    handle::Handle,
    notify, plugins,
    tiers::{self, Use},
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Something does not work.
    Fault,
}

/// One check and its result.
pub(crate) struct Finding {
    pub(crate) level: Level,
    pub(crate) check: &'static str,
    pub(crate) message: String,
    pub(crate) hint: String,
}

fn finding(
    level: Level,
    check: &'static str,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Finding {
    Finding {
        level,
        check,
        message: message.into(),
        hint: hint.into(),
    }
}

/// Runs every check; a check that fails itself is a finding.
pub(crate) async fn examine(handle: &Handle) -> Vec<Finding> {
    let mut findings = vec![
        home(handle),
        database(handle).await,
        writable(handle).await,
        space(handle),
    ];
    findings.extend(components(handle).await);
    findings.push(profile(handle).await);
    findings.push(sources(handle).await);
    findings.push(vectors(handle).await);
    findings.extend(models(handle).await);
    findings.extend(asked::chat(handle).await);
    findings.extend(asked::prompts(handle).await);
    findings.push(browser(handle).await);
    findings.push(key(handle));
    findings.push(service());
    findings.push(notices(handle).await);
    findings
}

async fn browser(handle: &Handle) -> Finding {
    match handle.desk.browser.check().await {
        Ok(found) => finding(Level::Ok, "browser", found, ""),
        Err(error) => {
            let hint = "without it forms are filled by hand: agentctl prepare --by-hand JOB";
            finding(Level::Note, "browser", error.to_string(), hint)
        }
    }
}

fn key(handle: &Handle) -> Finding {
    match keys::trusted(&handle.home) {
        Ok(trusted) => {
            let id: String = trusted
                .current()
                .id()
                .to_string()
                .chars()
                .take(16)
                .collect();
            finding(
                Level::Ok,
                "key",
                format!("approvals are checked with {id}"),
                "",
            )
        }
        Err(error @ TrustError::None) => {
            finding(Level::Note, "key", error.to_string(), "agentctl init CV")
        }
        Err(error) => finding(Level::Fault, "key", error.to_string(), "agentctl key show"),
    }
}

fn home(handle: &Handle) -> Finding {
    let root = handle.home.root().display();
    if handle.practice {
        let message =
            format!("{root} is a PRACTICE home: nothing but the practice employer can be reached");
        finding(Level::Note, "home", message, "")
    } else {
        finding(Level::Ok, "home", root.to_string(), "")
    }
}

async fn database(handle: &Handle) -> Finding {
    match handle.store.read(|reader| reader.quick_check()).await {
        Ok(problems) if problems.is_empty() => {
            finding(Level::Ok, "database", "its pages and keys are sound", "")
        }
        Ok(problems) => {
            let hint = "stop the daemon and restore the home directory from your backup";
            finding(Level::Fault, "database", problems.join("; "), hint)
        }
        Err(error) => finding(Level::Fault, "database", error.to_string(), ""),
    }
}

async fn writable(handle: &Handle) -> Finding {
    match handle.store.writable_probe().await {
        Ok(()) => finding(Level::Ok, "writing", "the database can be written", ""),
        Err(error) => {
            let fault = crate::fault::Fault::from(error);
            finding(Level::Fault, "writing", fault.message, fault.hint)
        }
    }
}

/// Free space under which a warning is due: a corpus of some ten thousand postings.
const LOW_SPACE: u64 = 512 * 1024 * 1024;

fn space(handle: &Handle) -> Finding {
    match rustix::fs::statvfs(handle.home.root()) {
        Ok(fs) => {
            let free = fs.f_bavail.saturating_mul(fs.f_frsize);
            let message = format!("{:.1} GiB free", free as f64 / f64::from(1 << 30));
            if free < LOW_SPACE {
                finding(
                    Level::Note,
                    "disk",
                    message,
                    format!("free some space under {}", handle.home.root().display()),
                )
            } else {
                finding(Level::Ok, "disk", message, "")
            }
        }
        Err(error) => finding(Level::Fault, "disk", error.to_string(), ""),
    }
}

async fn components(handle: &Handle) -> Vec<Finding> {
    let listed = match plugins::list(handle).await {
        Ok(listed) => listed,
        Err(fault) => return vec![finding(Level::Fault, "plugins", fault.message, fault.hint)],
    };
    if listed.is_empty() {
        return vec![finding(
            Level::Note,
            "plugins",
            "no plugin is installed, so no board can be read",
            plugins::INSTALL,
        )];
    }
    let mut findings = Vec::new();
    for plugin in listed {
        findings.push(component(handle, plugin).await);
    }
    findings
}

async fn component(handle: &Handle, plugin: plugins::Listed) -> Finding {
    let note = |message| {
        let again = format!("agentctl plugin install {}", plugin.file);
        finding(Level::Note, "plugins", message, again)
    };
    match (plugin.state, &plugin.row) {
        (plugins::State::Installed, Some(row)) => match plugins::verify(handle, row).await {
            Ok(()) => {
                let hosts = row.hosts.join(", ");
                let message = format!("{} {} may read {hosts}", row.id, row.version);
                finding(Level::Ok, "plugins", message, "")
            }
            Err(fault) => finding(Level::Fault, "plugins", fault.message, fault.hint),
        },
        (plugins::State::Missing, _) => finding(
            Level::Fault,
            "plugins",
            format!("the file of {} is gone", plugin.file),
            plugins::INSTALL,
        ),
        (plugins::State::Changed, _) => {
            note(format!("{} differs from the one installed", plugin.file))
        }
        (plugins::State::Dropped | plugins::State::Installed, _) => {
            note(format!("{} waits to be installed", plugin.file))
        }
    }
}

async fn profile(handle: &Handle) -> Finding {
    match handle.store.read(|reader| reader.profile()).await {
        Ok(Some(current)) => finding(
            Level::Ok,
            "profile",
            format!("the CV of {}", current.profile.name),
            "",
        ),
        Ok(None) => finding(
            Level::Note,
            "profile",
            "no CV was read, so jobs cannot be ranked",
            "agentctl init CV",
        ),
        Err(error) => finding(Level::Fault, "profile", error.to_string(), ""),
    }
}

async fn sources(handle: &Handle) -> Finding {
    let sources = match handle.store.read(|reader| reader.sources()).await {
        Ok(sources) => sources,
        Err(error) => return finding(Level::Fault, "sources", error.to_string(), ""),
    };
    let failed: Vec<&str> = sources
        .iter()
        .filter(|source| source.last_error.is_some())
        .map(|source| source.company.as_str())
        .collect();
    match (sources.len(), failed.as_slice()) {
        (0, _) => finding(
            Level::Note,
            "sources",
            "no board is followed",
            "agentctl source add URL",
        ),
        (count, []) => finding(Level::Ok, "sources", format!("{count} followed"), ""),
        (count, failed) => {
            let message = format!(
                "{} of {count} could not be read: {}",
                failed.len(),
                failed.join(", ")
            );
            finding(
                Level::Fault,
                "sources",
                message,
                "agentctl source list says why",
            )
        }
    }
}

async fn vectors(handle: &Handle) -> Finding {
    let embedder = std::sync::Arc::clone(&handle.embedder);
    let name = embedder.space().name.clone();
    match handle
        .compute(move || embedder.embed(&["a job"]).map(drop))
        .await
    {
        Ok(Ok(())) => {
            let message = format!("{name}, built in; no language model is needed");
            finding(Level::Ok, "vectors", message, "")
        }
        Ok(Err(error)) => finding(Level::Fault, "vectors", error.to_string(), ""),
        Err(fault) => finding(Level::Fault, "vectors", fault.message, fault.hint),
    }
}

/// Whether it comes back by itself.
fn service() -> Finding {
    let within = config::watchdog().map(|within| within.as_secs().max(1));
    match (config::service_manager(), within) {
        ("", _) => finding(
            Level::Note,
            "service",
            "it was started by hand, and does not come back after a restart of the machine",
            "agentctl service install",
        ),
        (manager, Some(seconds)) => finding(
            Level::Ok,
            "service",
            format!("{manager} runs it, and starts it anew when it hangs for {seconds} s"),
            "",
        ),
        (manager, None) => finding(Level::Ok, "service", format!("{manager} runs it"), ""),
    }
}

async fn notices(handle: &Handle) -> Finding {
    let channels = match notify::glance(handle).await {
        Ok(channels) => channels,
        Err(fault) => return finding(Level::Fault, "notices", fault.message, fault.hint),
    };
    let on: Vec<_> = channels.into_iter().filter(|state| state.on).collect();
    if let Some(failed) = on.iter().find(|state| !state.problem.is_empty()) {
        let message = format!("{}: {}", failed.channel.name(), failed.problem);
        return finding(Level::Note, "notices", message, "agentctl notify test");
    }
    match on.as_slice() {
        [] => finding(
            Level::Note,
            "notices",
            "nobody is told what waits while you do not look",
            "agentctl notify test says how to change that",
        ),
        on => {
            let through: Vec<_> = on
                .iter()
                .map(|state| format!("{} ({})", state.channel.name(), state.place))
                .collect();
            finding(Level::Ok, "notices", through.join(", "), "")
        }
    }
}

/// The model server, where one is wanted or used.
async fn models(handle: &Handle) -> Option<Finding> {
    let shown = match tiers::shown(handle).await {
        Ok(shown) => shown,
        Err(fault) => return Some(finding(Level::Fault, "models", fault.message, fault.hint)),
    };
    let upper = shown
        .models
        .iter()
        .find(|model| !model.built_in && model.used != Use::None);
    let place = match shown.leaves {
        true => format!("{}; what is embedded LEAVES THIS MACHINE", shown.server),
        false => shown.server.clone(),
    };
    if !shown.note.is_empty() {
        let hint = "agentctl config path says where the configuration is";
        return Some(finding(Level::Note, "models", shown.note, hint));
    }
    if !shown.problem.is_empty() {
        // With `auto` a server that is not there is as good as none.
        if shown.choice == "auto" && upper.is_none() {
            return None;
        }
        let message = format!("{}; the vectors there are serve on", shown.problem);
        return Some(finding(
            Level::Note,
            "models",
            message,
            "agentctl models list",
        ));
    }
    let upper = upper?;
    let message = match upper.used {
        Use::Filling => format!(
            "vectors of {} are being made: {} of {} jobs ({place})",
            upper.name, upper.filled.done, upper.filled.total
        ),
        Use::Serving | Use::Below | Use::None => {
            format!("the vectors of {} serve ({place})", upper.name)
        }
    };
    let level = if shown.leaves { Level::Note } else { Level::Ok };
    Some(finding(level, "models", message, ""))
}
