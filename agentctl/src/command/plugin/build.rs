//! `agentctl plugin build`: the crate of a plugin, built and made a component.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use super::daemon_program;
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{BOLD, Span};
use crate::session::Place;
use crate::text::bytes;

/// The target whose modules import nothing but the contract.
const TARGET: &str = "wasm32-unknown-unknown";

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the plugin's crate
    #[arg(default_value = ".", hide_default_value = true, value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
}

#[derive(Serialize)]
struct Built {
    component: String,
    bytes: u64,
}

/// A line of cargo's answer, as far as it matters.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

/// Builds the crate and wraps its module as a component beside its manifest.
pub(super) fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let dir = args
        .dir
        .canonicalize()
        .map_err(|error| Failure::file("find", &args.dir, &error))?;
    let manifest = dir.join("Cargo.toml");
    if !manifest.is_file() {
        return Err(
            Failure::refused(format!("{} has no Cargo.toml", args.dir.display()))
                .hint("name the folder of a plugin, or begin one: agentctl plugin new NAME"),
        );
    }
    let module = module(&dir, &manifest)?;
    let name = module
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .replace('_', "-");
    let component = dir.join(name).with_extension("wasm");
    let mut wrap = daemon_program::command(place)?;
    let wrapped = wrap
        .arg("plugin-wrap")
        .arg(&module)
        .arg("--out")
        .arg(&component)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::file("run", Path::new(wrap.get_program()), &error))?;
    if !wrapped.status.success() {
        let said = String::from_utf8_lossy(&wrapped.stderr);
        return Err(Failure::refused(said.trim().trim_start_matches("error: "))
            .reason("not-a-plugin")
            .hint("does it end with portal_sdk::export!(…), and is it a \"cdylib\"?"));
    }
    let size = std::fs::metadata(&component).map_or(0, |found| found.len());
    let shown = args.dir.join(component.file_name().unwrap_or_default());
    let shown = shown
        .strip_prefix(".")
        .unwrap_or(&shown)
        .display()
        .to_string();
    let recording = dir.join("recording.har").is_file();
    let built = Built {
        component: component.display().to_string(),
        bytes: size,
    };
    output.show(&built, |built, screen, _| {
        screen.line([
            "Built ".into(),
            Span::new(&shown, BOLD),
            format!(", {}", bytes(built.bytes)).into(),
        ]);
        let with = if recording {
            " --har recording.har --board URL"
        } else {
            ""
        };
        screen.next(&format!("agentctl plugin check {shown}{with}"));
    })
}

/// Lets cargo build the crate, whose messages go to the person, and returns the
/// module it made.
fn module(dir: &Path, manifest: &Path) -> Result<PathBuf, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let built = Command::new(&cargo)
        .current_dir(dir)
        .args(["build", "--release", "--target", TARGET])
        .args(["--message-format", "json-render-diagnostics"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| {
            Failure::file("run", Path::new(&cargo), &error)
                .hint("plugins are built with Rust: https://rustup.rs")
        })?;
    if !built.status.success() {
        let failure = Failure::refused("the plugin does not build").reason("build");
        return Err(match has_target(dir) {
            true => failure,
            false => failure.hint(format!("add the target: rustup target add {TARGET}")),
        });
    }
    let is_module = |path: &PathBuf| path.extension().is_some_and(|end| end == "wasm");
    String::from_utf8_lossy(&built.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .filter(|message| message.reason == "compiler-artifact")
        .filter(|message| message.manifest_path == manifest)
        .find_map(|message| message.filenames.into_iter().find(is_module))
        .ok_or_else(|| {
            Failure::refused("the crate makes no WebAssembly module")
                .hint("in its Cargo.toml, under [lib]: crate-type = [\"cdylib\", \"rlib\"]")
        })
}

/// Whether the standard library of the target is installed.
fn has_target(dir: &Path) -> bool {
    Command::new("rustc")
        .current_dir(dir)
        .args(["--print", "target-libdir", "--target", TARGET])
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_dir())
}
