//! `agentctl plugin`: components that read portals.

use std::path::Path;

use agent_api::reason;
use agent_api::v1::{
    CheckPluginRequest, InstallPluginRequest, ListPluginsRequest, ListPluginsResponse, Plugin,
};
use clap::Subcommand;

use super::next;
use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::{Format, Output, is_interactive};
use crate::screen::{BOLD, Column, DIM, GOOD, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::bytes;

/// What can be done with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List installed and dropped plugins
    #[command(after_help = "Examples:\n  agentctl plugin list")]
    List,
    /// Compile a plugin in a limited process and show what it asks for; changes nothing
    #[command(after_help = "Examples:\n  agentctl plugin check greenhouse.wasm")]
    Check {
        /// File of the component, or the name of a dropped one
        #[arg(value_hint = clap::ValueHint::FilePath)]
        file: String,
    },
    /// Install a plugin and grant it the hosts it asks for
    #[command(
        after_help = "Examples:\n  agentctl plugin install greenhouse.wasm\n  \
        agentctl plugin install greenhouse.wasm --yes --sha256 9f86d081…\n\n\
        Shows the hosts asked for and waits for your yes. Without a terminal it needs --yes,\n\
        and --accept-terms for a site whose terms speak against programs."
    )]
    Install {
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
    },
}

/// Runs a command on plugins.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    match command {
        Command::List => {
            let list = session
                .plugins()
                .list(ListPluginsRequest {})
                .await?
                .into_inner();
            output.show(&list, draw_list)
        }
        Command::Check { file } => {
            let path = component(&file, &place.home.plugins_dir())?;
            let plugin = session
                .plugins()
                .check(CheckPluginRequest { path })
                .await?
                .into_inner();
            output.show(&plugin, |plugin, screen, clock| {
                draw(plugin, screen, clock);
                if plugin.state != "installed" {
                    screen.next(&format!("agentctl plugin install {file}"));
                }
            })
        }
        Command::Install {
            file,
            yes,
            accept_terms,
            sha256,
        } => {
            let path = component(&file, &place.home.plugins_dir())?;
            let request = CheckPluginRequest { path: path.clone() };
            let asked = session.plugins().check(request).await?.into_inner();
            expect(&asked, sha256.as_deref())?;
            if !yes {
                consent(&asked, output)?;
            }
            if asked.new_terms && !accept_terms {
                accept(&asked, output)?;
            }
            let request = InstallPluginRequest {
                path,
                sha256: asked.sha256,
                hosts: asked.hosts,
                form_hosts: asked.form_hosts,
                accepted_terms: asked.terms,
            };
            let installed = session.plugins().install(request).await?.into_inner();
            let mut status = session.status;
            status.plugins = status.plugins.max(1);
            let next = next::step(&status);
            output.show(&installed, |plugin, screen, _| {
                draw_installed(plugin, screen);
                screen.next(next);
            })
        }
    }
}

/// Makes a path the daemon can open; a bare name may be a dropped plugin it knows.
fn component(file: &str, plugins: &Path) -> Result<String, Failure> {
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
fn consent(plugin: &Plugin, output: &mut Output) -> Result<(), Failure> {
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
        false => Err(Failure::new(Kind::Declined, "Nothing was installed.")),
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
        false => Err(Failure::new(Kind::Declined, "Nothing was installed.")),
    }
}

fn state(plugin: &Plugin) -> Span {
    match plugin.state.as_str() {
        "installed" => Span::new("installed", GOOD),
        "checked" => Span::from("not installed"),
        other => Span::new(other, WARN),
    }
}

fn draw(plugin: &Plugin, screen: &mut Screen, _: &Clock) {
    screen.line([
        Span::new(&plugin.id, BOLD),
        format!(" {}  {}", plugin.version, plugin.description).into(),
    ]);
    screen.field("state", state(plugin));
    screen.field("supports", plugin.supports.join(", "));
    screen.field("size", bytes(plugin.bytes));
    screen.field("sha-256", &plugin.sha256);
    if plugin.hosts.is_empty() {
        screen.field("hosts", "asks for none");
    }
    let asked = plugin.hosts.iter();
    let asked = asked.map(|host| ("asks for", host, &plugin.new_hosts));
    let in_forms = plugin.form_hosts.iter();
    let in_forms = in_forms.map(|host| ("in its forms", host, &plugin.new_form_hosts));
    for (what, host, new) in asked.chain(in_forms) {
        screen.line([
            Span::new(format!("{what:<14}"), DIM),
            Span::new(host, BOLD),
            Span::new(if new.contains(host) { "  new" } else { "" }, WARN),
        ]);
    }
    match plugin.reach.as_str() {
        "employer" => screen.field("boards", "also at employers' own hosts, granted with each"),
        "any" => screen.field("boards", "at any address you add, granted with each"),
        _ => {}
    }
    if !plugin.terms.is_empty() {
        screen.field("terms", Span::new(&plugin.terms, WARN));
    }
}

fn draw_installed(plugin: &Plugin, screen: &mut Screen) {
    screen.line([
        "Installed ".into(),
        Span::new(&plugin.id, BOLD),
        format!(" {}", plugin.version).into(),
    ]);
    screen.field("may ask", plugin.hosts.join(", "));
    if !plugin.form_hosts.is_empty() {
        screen.field("in its forms", plugin.form_hosts.join(", "));
    }
    screen.field("sha-256", &plugin.sha256);
}

fn draw_list(list: &ListPluginsResponse, screen: &mut Screen, _: &Clock) {
    if list.plugins.is_empty() {
        screen.line(["No plugin is installed or dropped into the plugin directory.".into()]);
        screen.next("agentctl plugin install FILE");
        return;
    }
    let mut table = Table::new([
        ("plugin", Column::Cut),
        ("version", Column::Left),
        ("state", Column::Left),
        ("size", Column::Right),
        ("sha-256", Column::Left),
        ("hosts", Column::Below),
    ]);
    for plugin in &list.plugins {
        table.row([
            (&plugin.id).into(),
            (&plugin.version).into(),
            state(plugin),
            bytes(plugin.bytes).into(),
            Span::new(plugin.sha256.get(..12).unwrap_or(&plugin.sha256), DIM),
            plugin.hosts.join(", ").into(),
        ]);
    }
    screen.table(&table);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    fn plugin() -> Plugin {
        Plugin {
            id: "greenhouse".to_owned(),
            version: "0.1.0".to_owned(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015".to_owned(),
            hosts: vec![
                "boards-api.greenhouse.io".to_owned(),
                "*.example.com\u{1b}[1A".to_owned(),
            ],
            state: "checked".to_owned(),
            bytes: 412_000,
            supports: ["discover", "detail", "form"].map(str::to_owned).to_vec(),
            description: "Boards hosted by Greenhouse".to_owned(),
            new_hosts: vec!["boards-api.greenhouse.io".to_owned()],
            form_hosts: vec!["*.cdn.example".to_owned(), "store.example".to_owned()],
            new_form_hosts: vec!["store.example".to_owned()],
            reach: "portal".to_owned(),
            terms: String::new(),
            new_terms: false,
        }
    }

    #[test]
    fn each_host_asked_for_has_its_line() {
        insta::assert_snapshot!(drawn(&plugin(), draw));
        let installed = drawn(&plugin(), |plugin, screen, _| {
            draw_installed(plugin, screen)
        });
        insta::assert_snapshot!("installed", installed);
    }

    #[test]
    fn what_a_site_says_against_programs_is_shown_before_it_is_accepted() {
        let network = Plugin {
            reach: "any".to_owned(),
            terms: "Its terms and robots.txt forbid programs.".to_owned(),
            new_terms: true,
            ..plugin()
        };
        insta::assert_snapshot!(drawn(&network, draw));
    }

    #[test]
    fn plugins_are_listed_with_their_state() {
        let dropped = Plugin {
            state: "dropped".to_owned(),
            ..plugin()
        };
        let installed = Plugin {
            id: "lever".to_owned(),
            state: "installed".to_owned(),
            hosts: vec!["api.lever.co".to_owned()],
            ..plugin()
        };
        let list = ListPluginsResponse {
            plugins: vec![installed, dropped],
        };
        insta::assert_snapshot!(drawn(&list, draw_list));
        insta::assert_snapshot!(
            "no_plugins",
            drawn(&ListPluginsResponse::default(), draw_list)
        );
    }

    #[test]
    fn another_file_than_the_one_meant_is_refused() {
        let plugin = plugin();
        assert!(expect(&plugin, None).is_ok());
        assert!(expect(&plugin, Some("9F86D081884C7D659A2FEAA0C55AD015")).is_ok());
        assert!(expect(&plugin, Some("9f86d081")).is_err());
    }
}
