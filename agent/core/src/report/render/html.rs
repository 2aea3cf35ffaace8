//! Reports as one HTML file: charts drawn in it, light and dark, no script, nothing to
//! load, fit to be printed.

use std::fmt::Write as _;

use super::{
    chart::{Bar, Caption, bars},
    hours, needs,
    page::{Text, link, page, postings},
    percent,
};
use crate::report::{LearningPath, MissingSkill, Report, SkillGap, Step, counted};

/// Bars of a chart at most.
const BARS: usize = 15;

/// The report as HTML.
pub fn html(report: &Report) -> String {
    let (title, body) = match report {
        Report::SkillGap(gap) => ("Skill gap", gap_body(gap)),
        Report::LearningPath(path) => ("Learning path", path_body(path)),
    };
    page(title, &report.sentence(), report.about(), &body)
}

fn gap_body(gap: &SkillGap) -> String {
    let mut out = String::new();
    let unlocking: Vec<&MissingSkill> = gap
        .missing
        .iter()
        .filter(|skill| skill.unlocks > 0)
        .take(BARS)
        .collect();
    if !unlocking.is_empty() {
        let all = unlocking.iter().map(|skill| Bar {
            label: skill.skill.clone(),
            quiet: 0.0,
            meant: f64::from(skill.unlocks),
            value: counted(skill.unlocks, "job", "jobs"),
        });
        let caption = Caption {
            id: "unlocks",
            title: "Jobs that each skill alone would bring within reach",
            says: said(unlocking.iter().map(|skill| (&*skill.skill, skill.unlocks))),
        };
        out.push_str("<section>\n<h2>What would unlock most</h2>\n");
        out.push_str(&bars(&caption, &all.collect::<Vec<_>>()));
        out.push_str("</section>\n");
    }
    out.push_str("<section>\n<h2>What is missing</h2>\n");
    if gap.missing.is_empty() {
        out.push_str("<p>Nothing that is asked for near your work is missing.</p>\n");
    } else {
        out.push_str(&missing_table(&gap.missing));
    }
    if gap.more_missing > 0 {
        let more = gap.more_missing;
        let _ = writeln!(
            out,
            "<p class=\"hint\">{more} more are asked for, and less.</p>"
        );
    }
    out.push_str("</section>\n");
    if !gap.pairs.is_empty() {
        out.push_str("<section>\n<h2>Two together</h2>\n<ul>\n");
        for pair in &gap.pairs {
            let ([a, b], [x, y]) = (&pair.skills, pair.alone);
            let _ = writeln!(
                out,
                "<li><b>{}</b> and <b>{}</b>: {} <span class=\"hint\">(alone {x} and {y})</span></li>",
                Text(a),
                Text(b),
                counted(pair.unlocks, "job", "jobs"),
            );
        }
        out.push_str("</ul>\n</section>\n");
    }
    out.push_str(&demand_section(gap));
    if !gap.missing.is_empty() {
        out.push_str("<section>\n<h2>The postings behind it</h2>\n");
        let shown = gap.missing.iter().enumerate();
        for (number, skill) in shown.filter(|(_, skill)| !skill.postings.is_empty()) {
            let _ = writeln!(out, "<h3 id=\"s{number}\">{}</h3>", Text(&skill.skill));
            out.push_str(&postings(&skill.postings));
        }
        out.push_str("</section>\n");
    }
    out
}

fn missing_table(missing: &[MissingSkill]) -> String {
    let mut out = String::from(
        "<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">Skill</th>\
         <th scope=\"col\" class=\"n\">Unlocks</th><th scope=\"col\" class=\"n\">Demand</th>\
         <th scope=\"col\">Asked as</th><th scope=\"col\" class=\"n\">To learn</th></tr></thead>\n<tbody>\n",
    );
    for (number, skill) in missing.iter().enumerate() {
        let near = skill
            .near
            .as_ref()
            .map(|near| format!("near {near}, which you have"));
        let since = skill
            .learning_since
            .map(|day| format!("learning since {day}"));
        let notes: Vec<String> = since.into_iter().chain(near).collect();
        let note = match notes.is_empty() {
            true => String::new(),
            false => format!("<small>{}</small>", Text(&notes.join("; "))),
        };
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#s{number}\">{}</a>{note}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td>{}</td><td class=\"n\">{}</td></tr>",
            Text(&skill.skill),
            skill.unlocks,
            percent(skill.demand.share),
            Text(&needs(&skill.demand)),
            Text(&hours(skill.hours)),
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

/// What is asked for most, held or not.
fn demand_section(gap: &SkillGap) -> String {
    let held = gap
        .held
        .iter()
        .map(|held| (&held.skill, &held.demand, true));
    let missing = gap
        .missing
        .iter()
        .map(|one| (&one.skill, &one.demand, false));
    let mut all: Vec<_> = held.chain(missing).collect();
    all.sort_by(|a, b| b.1.share.total_cmp(&a.1.share).then_with(|| a.0.cmp(b.0)));
    all.truncate(BARS);
    if all.is_empty() {
        return String::new();
    }
    let drawn = all.iter().map(|(skill, demand, held)| Bar {
        label: (*skill).clone(),
        quiet: if *held { 0.0 } else { demand.share },
        meant: if *held { demand.share } else { 0.0 },
        value: match held {
            true => format!("{}, you have it", percent(demand.share)),
            false => percent(demand.share),
        },
    });
    let caption = Caption {
        id: "demand",
        title: "What is asked for most near your work; what you have is coloured",
        says: said(
            all.iter()
                .map(|(skill, demand, _)| (skill.as_str(), demand.jobs)),
        ),
    };
    let mut out = String::from("<section>\n<h2>What is asked for</h2>\n");
    out.push_str(&bars(&caption, &drawn.collect::<Vec<_>>()));
    if !gap.held.is_empty() {
        out.push_str(
            "<h3>What of it you have</h3>\n<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">Skill</th>\
             <th scope=\"col\" class=\"n\">Demand</th><th scope=\"col\">Asked as</th></tr></thead>\n<tbody>\n",
        );
        for held in &gap.held {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
                Text(&held.skill),
                percent(held.demand.share),
                Text(&needs(&held.demand))
            );
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
    out.push_str("</section>\n");
    out
}

fn path_body(path: &LearningPath) -> String {
    if path.steps.is_empty() {
        return String::new();
    }
    let mut before = path.about.reached;
    let mut drawn = vec![Bar {
        label: "Today".to_owned(),
        quiet: f64::from(before),
        meant: 0.0,
        value: counted(before, "job", "jobs"),
    }];
    for (number, step) in (1..).zip(&path.steps) {
        let more = step.reached.saturating_sub(before);
        drawn.push(Bar {
            label: format!("{number}. {}", step.skill),
            quiet: f64::from(step.reached - more),
            meant: f64::from(more),
            value: format!("{} (+{more})", step.reached),
        });
        before = step.reached;
    }
    let caption = Caption {
        id: "reach",
        title: "Jobs within reach after each step, all before it learned too",
        says: said(path.steps.iter().map(|step| (&*step.skill, step.reached))),
    };
    let mut out = String::from("<section>\n<h2>Where it leads</h2>\n");
    out.push_str(&bars(&caption, &drawn));
    let sum = path.hours();
    if sum.most > 0 {
        let _ = writeln!(
            out,
            "<p class=\"hint\">{}–{} hours in all, as far as the hours are known.</p>",
            sum.least, sum.most
        );
    }
    out.push_str("</section>\n");
    out.push_str("<section>\n<h2>Step by step</h2>\n");
    for (number, step) in (1..).zip(&path.steps) {
        out.push_str(&step_card(number, step));
    }
    out.push_str("</section>\n");
    if !path.projects.is_empty() {
        out.push_str("<section>\n<h2>Projects that show several at once</h2>\n");
        for project in &path.projects {
            let _ = writeln!(
                out,
                "<div class=\"step\"><h3>{}</h3><p class=\"facts\">{} · shows {}</p>",
                Text(&project.name),
                Text(&hours(Some(project.hours))),
                Text(&project.shows.join(", ")),
            );
            for result in &project.result {
                let _ = writeln!(out, "<p>Done when: {}.</p>", Text(result));
            }
            out.push_str("</div>\n");
        }
        out.push_str("</section>\n");
    }
    out
}

fn step_card(number: u32, step: &Step) -> String {
    let mut facts = vec![hours(step.hours)];
    if step.hours.is_none() {
        facts = vec!["hours not known".to_owned()];
    }
    if !step.after.is_empty() {
        facts.push(format!("after {}", step.after.join(", ")));
    }
    facts.extend(
        step.for_skill
            .as_ref()
            .map(|aim| format!("needed for {aim}")),
    );
    facts.extend(
        step.learning_since
            .map(|day| format!("learning since {day}")),
    );
    facts.push(format!(
        "{} within reach then",
        counted(step.reached, "job", "jobs")
    ));
    let mut out = format!(
        "<div class=\"step\">\n<h3>{number}. {}</h3>\n<p class=\"facts\">{}</p>\n",
        Text(&step.skill),
        Text(&facts.join(" · "))
    );
    match step.written_by.as_deref() {
        None => out.push_str(
            "<p>The catalogue does not have this skill: neither hours nor resources are made up.</p>\n",
        ),
        Some(by) => {
            if by != "catalogue" {
                let _ = writeln!(out, "<p class=\"hint\">Written by the model {}.</p>", Text(by));
            }
            out.push_str("<ul>\n");
            for resource in &step.resources {
                let _ = writeln!(
                    out,
                    "<li>{}: {}</li>",
                    link(&resource.url, &resource.name),
                    Text(&resource.covers)
                );
            }
            out.push_str("</ul>\n");
        }
    }
    for can in &step.can {
        let _ = writeln!(out, "<p>Learned when you can: {}.</p>", Text(can));
    }
    if !step.postings.is_empty() {
        out.push_str(&postings(&step.postings));
    }
    out.push_str("</div>\n");
    out
}

/// A chart in words.
fn said<'a>(values: impl Iterator<Item = (&'a str, u32)>) -> String {
    let values: Vec<String> = values
        .map(|(label, value)| format!("{label} {value}"))
        .collect();
    values.join(", ")
}
