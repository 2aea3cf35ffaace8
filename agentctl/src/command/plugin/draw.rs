//! How plugins are shown.

use agent_api::v1::{ListPluginsResponse, Plugin};

use crate::moment::Clock;
use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::text::bytes;

fn state(plugin: &Plugin) -> Span {
    match plugin.state.as_str() {
        "installed" => Span::new("installed", GOOD),
        "checked" => Span::from("not installed"),
        other => Span::new(other, WARN),
    }
}

/// What a plugin is and asks for.
pub(super) fn draw(plugin: &Plugin, screen: &mut Screen, _: &Clock) {
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
    let boards = match plugin.reach.as_str() {
        "employer" => "also at employers' own hosts, granted with each",
        "any" => "at any address you add, granted with each",
        _ => "",
    };
    if !boards.is_empty() {
        screen.line([
            Span::new(format!("{:<14}", "boards"), DIM),
            boards.into(),
            Span::new(if plugin.wider_reach { "  new" } else { "" }, WARN),
        ]);
    }
    if !plugin.terms.is_empty() {
        screen.field("terms", Span::new(&plugin.terms, WARN));
    }
    if !plugin.accepted_terms.is_empty() {
        screen.field("accepted were", &plugin.accepted_terms);
    }
    if !plugin.fault.is_empty() {
        screen.field("fault", Span::new(&plugin.fault, BAD));
    }
}

/// What an installed plugin may do.
pub(super) fn draw_installed(plugin: &Plugin, screen: &mut Screen) {
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

/// The table of plugins.
pub(super) fn draw_list(list: &ListPluginsResponse, screen: &mut Screen, _: &Clock) {
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
        let row = [
            (&plugin.id).into(),
            (&plugin.version).into(),
            state(plugin),
            bytes(plugin.bytes).into(),
            Span::new(plugin.sha256.get(..12).unwrap_or(&plugin.sha256), DIM),
            plugin.hosts.join(", ").into(),
        ];
        let fault = Note::Whole(Span::new(&plugin.fault, BAD));
        table.row_with_notes(row, [fault]);
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
            ..Plugin::default()
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
            wider_reach: true,
            accepted_terms: "Its terms forbid programs.".to_owned(),
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
}
