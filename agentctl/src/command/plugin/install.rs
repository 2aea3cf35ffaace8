//! `agentctl plugin install`: shows what a component asks for and, after a yes,
//! lets it.

use std::path::Path;

use agent_api::reason;
use agent_api::v1::{CheckPluginRequest, InstallPluginRequest, Plugin};

use super::draw::{draw, draw_installed};
use super::next;
use crate::error::{Failure, Kind};
use crate::output::{Format, Output, is_interactive};
use crate::session::{Place, Session};

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// File of the component, or the name of a dropped one
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: String,
    /// Grant the hosts it asks for without a question
    #[arg(long, short)]
    yes: bool,
    /// Accept what the site's terms say against programs, where `plugin check` shows any
    #[arg(long)]
    accept_terms: bool,
    /// Refuse a file with another SHA-256
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
}

/// Installs a component.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let Args {
        file,
        yes,
        accept_terms,
        sha256,
    } = args;
    let path = component(&file, &place.home.plugins_dir())?;
    let said = Said { yes, accept_terms };
    let request = ask(&session, path, sha256.as_deref(), &said, output).await?;
    let installed = session.plugins().install(request).await?.into_inner();
    let mut status = session.status;
    status.plugins = status.plugins.max(1);
    let next = next::step(&status);
    output.show(&installed, |plugin, screen, _| {
        draw_installed(plugin, screen);
        screen.next(next);
    })
}

/// What the person said beforehand.
pub(super) struct Said {
    /// Yes to the hosts.
    pub(super) yes: bool,
    /// Yes to the site's terms.
    pub(super) accept_terms: bool,
}

/// Shows what a component asks for and returns the person's yes to exactly that.
pub(super) async fn ask(
    session: &Session,
    path: String,
    sha256: Option<&str>,
    said: &Said,
    output: &mut Output,
) -> Result<InstallPluginRequest, Failure> {
    let request = CheckPluginRequest { path: path.clone() };
    let asked = session.plugins().check(request).await?.into_inner();
    expect(&asked, sha256)?;
    if !said.yes {
        consent(&asked, output)?;
    }
    if asked.new_terms && !said.accept_terms {
        accept(&asked, output)?;
    }
    Ok(InstallPluginRequest {
        path,
        sha256: asked.sha256,
        hosts: asked.hosts,
        form_hosts: asked.form_hosts,
        accepted_terms: asked.terms,
        reach: asked.reach,
    })
}

/// Makes a path the daemon can open; a bare name may be a dropped plugin it knows.
pub(super) fn component(file: &str, plugins: &Path) -> Result<String, Failure> {
    let path = Path::new(file);
    if path.is_dir() {
        return Err(Failure::refused(format!("{file} is a directory"))
            .hint("give the .wasm file of a plugin"));
    }
    if !path.exists() {
        let is_path = path.components().count() > 1;
        let dropped = plugins.join(path).with_extension("wasm");
        return match !is_path && dropped.exists() {
            false => Err(Failure::refused(format!("there is no file {file}"))
                .reason(reason::UNREADABLE_FILE)
                .hint("dropped plugins are listed by: agentctl plugin list")),
            true => Ok(file.to_owned()),
        };
    }
    let absolute =
        std::path::absolute(path).map_err(|error| Failure::file("find", path, &error))?;
    absolute.into_os_string().into_string().map_err(|_| {
        Failure::refused(format!("the path of {file} is not valid UTF-8")).hint("move the file")
    })
}

/// Refuses a file that is not the one the person means.
fn expect(plugin: &Plugin, sha256: Option<&str>) -> Result<(), Failure> {
    match sha256 {
        Some(expected) if !expected.eq_ignore_ascii_case(&plugin.sha256) => Err(Failure::refused(
            format!("the file has the SHA-256 {}, not {expected}", plugin.sha256),
        )
        .reason(reason::PLUGIN_CHANGED)
        .hint("get the file again, and the SHA-256 from where it was published")),
        _ => Ok(()),
    }
}

/// Shows what is asked for and waits for a yes.
pub(super) fn consent(plugin: &Plugin, output: &mut Output) -> Result<(), Failure> {
    if output.format == Format::Json || !is_interactive() {
        return Err(Failure::new(
            Kind::Refused,
            format!(
                "installing {} needs your yes to these hosts: {}",
                plugin.id,
                [&plugin.hosts[..], &plugin.form_hosts].concat().join(", ")
            ),
        )
        .reason("needs-yes")
        .hint("add --yes to grant them"));
    }
    let mut screen = output.screen();
    draw(plugin, &mut screen, &output.clock);
    output.print(screen)?;
    let question = if plugin.form_hosts.is_empty() {
        "Install it and let it ask these hosts for pages?"
    } else {
        "Install it, let it ask these hosts for pages, and its forms use the others?"
    };
    match output.confirm(question)? {
        true => Ok(()),
        false => Err(Failure::new(Kind::Declined, "Nothing was changed.")),
    }
}

/// Asks for the acceptance of the site's terms, which the screen has shown.
fn accept(plugin: &Plugin, output: &mut Output) -> Result<(), Failure> {
    if output.format == Format::Json || !is_interactive() {
        return Err(Failure::new(
            Kind::Refused,
            format!("{} reads a site that says: {}", plugin.id, plugin.terms),
        )
        .reason(reason::TERMS_NOT_ACCEPTED)
        .hint("add --accept-terms if you have read this and want it all the same"));
    }
    let question = "The site's terms speak against this. Use it all the same, in your own name?";
    match output.confirm(question)? {
        true => Ok(()),
        false => Err(Failure::new(Kind::Declined, "Nothing was changed.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_than_the_one_meant_is_refused() {
        let plugin = Plugin {
            sha256: "9f86d081884c7d659a2feaa0c55ad015".to_owned(),
            ..Plugin::default()
        };
        assert!(expect(&plugin, None).is_ok());
        assert!(expect(&plugin, Some("9F86D081884C7D659A2FEAA0C55AD015")).is_ok());
        assert!(expect(&plugin, Some("9f86d081")).is_err());
    }
}
