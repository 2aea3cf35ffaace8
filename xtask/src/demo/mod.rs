//! `cargo xtask demo`: the whole agent at work in a temporary practice home.
//!
//! It builds everything, starts the practice employer on loopback, and then
//! types what a person would type. What it shows is checked as it goes: a count
//! that is not what the boards held, or a reason without evidence, ends it.

mod agent;
mod apply;
mod check;
mod goal;
mod person;
mod practice;
mod script;
mod show;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) use agent::Agent;
pub(crate) use practice::{Employer, Serves, end};
pub(crate) use show::Screen;

use crate::process::run as child;
use crate::workspace::{cargo, root, target_dir};
use crate::{interrupt, plugins, setup};

/// Options of `cargo xtask demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print one summary object as the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Serve the recorded sessions of DIR/index.json instead of the practice corpus
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Only this recorded session; may be repeated, sessions of one board follow in this order
    #[arg(long = "session", value_name = "NAME", requires = "data")]
    sessions: Vec<String>,
    /// Answer the review as a person would: sign two applications, discard the third
    #[arg(long)]
    yes: bool,
    /// Run a daemon whose gate is forced open; the demo must then fail
    #[arg(long)]
    sabotage: bool,
    /// Keep the practice home, to look around in it afterwards
    #[arg(long)]
    keep: bool,
}

/// Builds, shows and checks; removes the home and ends every child, whatever happens.
pub(crate) fn run(args: &Args) -> Result<()> {
    interrupt::watch()?;
    let screen = Screen::new(args.json);
    setup::browser()?;
    screen.step("Build the agent, the plugins and the practice employer");
    let built = Built::all(Profile::Dev)?;
    let home = Home::new(args.keep)?;
    let summary = script::play(args, &built, &home, screen);
    home.leave(screen);
    let summary = summary?;
    if args.json {
        println!("{}", serde_json::to_string(&summary)?);
    } else {
        screen.line(&format!("\n{}", script::in_words(&summary)));
    }
    summary.judged()
}

/// Components of the portals whose interfaces the practice employer speaks.
const SPOKEN: [&str; 2] = ["greenhouse.wasm", "lever.wasm"];

/// What the demo and the measurements run.
pub(crate) struct Built {
    /// Folder of the programs.
    pub(crate) bin: PathBuf,
    /// The portal components.
    pub(crate) plugins: Vec<PathBuf>,
}

impl Built {
    pub(crate) fn all(profile: Profile) -> Result<Self> {
        let components = plugins::build(&root())?;
        // The same selection as the tests', so that one does not rebuild the other.
        let mut build = cargo();
        build.args(["build", "--locked", "--workspace", "--bins", "--examples"]);
        match profile {
            Profile::Dev => {}
            Profile::Release => {
                // What is measured is not forced open, and linking that takes minutes.
                build.args(["--release", "--exclude", "tests", "--exclude", "xtask"]);
            }
        }
        child(&mut build)?;
        Self::of(profile, components)
    }

    /// What was built before, however old.
    pub(crate) fn before(profile: Profile) -> Result<Self> {
        let folder = root().join("target/plugins");
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("nothing was built into {}", folder.display()))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        Self::of(profile, paths.collect::<Result<_, _>>()?)
    }

    fn of(profile: Profile, components: Vec<PathBuf>) -> Result<Self> {
        // A person installs the portals they need, and the practice employer speaks these.
        let spoken = |component: &PathBuf| {
            let name = component.file_name();
            name.is_some_and(|name| SPOKEN.iter().any(|portal| *name == **portal))
        };
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        };
        Ok(Self {
            bin: target_dir()?.join(folder),
            plugins: components.into_iter().filter(spoken).collect(),
        })
    }
}

/// How programs are built.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Profile {
    /// Quickly, for showing.
    Dev,
    /// As they are shipped, for measuring.
    Release,
}

/// A folder for the practice home and the employer's files.
pub(crate) struct Home {
    dir: Option<tempfile::TempDir>,
    path: PathBuf,
}

impl Home {
    pub(crate) fn new(keep: bool) -> Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("agent-practice-")
            .tempdir()
            .context("could not make a folder for the practice home")?;
        let path = dir.path().to_owned();
        let dir = if keep {
            // Giving up the guard is what keeps the folder; its path is known already.
            let _ = dir.keep();
            None
        } else {
            Some(dir)
        };
        for part in ["home", "employer"] {
            fs::create_dir(path.join(part))?;
        }
        Ok(Self { dir, path })
    }

    /// The agent's home.
    pub(crate) fn agent(&self) -> PathBuf {
        self.path.join("home")
    }

    /// The practice employer's files.
    pub(crate) fn employer(&self) -> PathBuf {
        self.path.join("employer")
    }

    /// Marks the agent's home as one that reaches nothing but the employer.
    pub(crate) fn mark(&self, employer: &Employer) -> Result<()> {
        let ca = toml_text(&employer.ready.ca);
        let mark = format!("address = \"{}\"\nca = {ca}\n", employer.ready.address);
        fs::write(self.agent().join("practice.toml"), mark)
            .context("could not mark the practice home")
    }

    /// Removes the home, or says where it stays.
    pub(crate) fn leave(self, screen: Screen) {
        if let Some(dir) = self.dir {
            if let Err(error) = dir.close() {
                screen.line(&format!("the practice home could not be removed: {error}"));
            }
        } else {
            screen.line(&format!(
                "\nthe practice home stays at {}",
                self.path.display()
            ));
        }
    }
}

/// A path as a TOML string.
fn toml_text(path: &Path) -> String {
    // JSON's escapes for text are a part of TOML's.
    serde_json::Value::from(path.to_string_lossy()).to_string()
}
