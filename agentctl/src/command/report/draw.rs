//! Reports on the terminal.

use agent_api::v1::ListReportsResponse;

use super::content::{About, Demand, Gap, Hours, Path, Posting, Report, Step};
use crate::moment::Clock;
use crate::screen::{BOLD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::text::count;

/// Held skills that are named in a line.
const HELD: usize = 12;

/// Draws a report.
pub(super) fn report(report: &Report, screen: &mut Screen) {
    match report {
        Report::SkillGap(gap) => draw_gap(gap, screen),
        Report::LearningPath(path) => draw_path(path, screen),
    }
}

fn head(about: &About, screen: &mut Screen) {
    let all = format!(
        "{}: {} near your work, {} outside your limits",
        count(about.open, "open job"),
        about.near,
        about.failing
    );
    screen.field("looked at", all);
    screen.field(
        "within reach",
        format!("{} at a score of {} or more", about.reached, about.line),
    );
    if let Some(filter) = &about.filter {
        screen.field("only", filter);
    }
}

fn draw_gap(gap: &Gap, screen: &mut Screen) {
    head(&gap.about, screen);
    screen.heading("Missing");
    if gap.missing.is_empty() {
        screen.line(["Nothing that is asked for near your work is missing.".into()]);
    }
    let mut table = Table::new([
        ("skill", Column::Cut),
        ("unlocks", Column::Right),
        ("demand", Column::Right),
        ("must", Column::Right),
        ("named", Column::Right),
        ("nice", Column::Right),
        ("hours", Column::Right),
    ]);
    for one in &gap.missing {
        let unlocks = match one.unlocks {
            0 => Span::new("0", DIM),
            some => Span::new(some.to_string(), GOOD),
        };
        let since = one.learning_since.as_ref();
        let since = since.map(|day| format!("learning since {day}"));
        let near = one
            .near
            .as_ref()
            .map(|near| format!("near {near}, which you have"));
        let notes: Vec<String> = since.into_iter().chain(near).collect();
        let named = one.postings.first().map(posting);
        table.row_with_notes(
            [
                Span::new(&one.skill, BOLD),
                unlocks,
                percent(one.demand.share).into(),
                one.demand.required.to_string().into(),
                one.demand.named.to_string().into(),
                one.demand.optional.to_string().into(),
                hours(one.hours.as_ref()).into(),
            ],
            [
                Note::Cut(Span::new(notes.join("; "), WARN)),
                Note::Cut(Span::new(named.unwrap_or_default(), DIM)),
            ],
        );
    }
    screen.table(&table);
    if gap.more_missing > 0 {
        let more = format!("{} more are asked for, and less.", gap.more_missing);
        screen.line([Span::new(more, DIM)]);
    }
    if !gap.pairs.is_empty() {
        screen.heading("Two together");
        for pair in &gap.pairs {
            let ([a, b], [x, y]) = (&pair.skills, pair.alone);
            let jobs = count(pair.unlocks, "job");
            screen.line([
                format!("{a} and {b}: {jobs} ").into(),
                Span::new(format!("(alone {x} and {y})"), DIM),
            ]);
        }
    }
    if !gap.held.is_empty() {
        screen.heading("You have");
        let named = gap.held.iter().take(HELD);
        let named = named.map(|held| format!("{} {}", held.skill, asked(&held.demand)));
        let mut named: Vec<String> = named.collect();
        if gap.held.len() > HELD {
            named.push(format!("{} more", gap.held.len() - HELD));
        }
        screen.paragraph(0, &named.join(", "));
    }
    screen.next("agentctl report learning-path");
}

fn draw_path(path: &Path, screen: &mut Screen) {
    head(&path.about, screen);
    if path.steps.is_empty() {
        screen.blank();
        screen.line(["No missing skill is worth a path yet.".into()]);
        screen.next("agentctl report skill-gap");
        return;
    }
    let mut before = path.about.reached;
    for (number, step) in (1..).zip(&path.steps) {
        screen.heading(&format!("{number}. {}", step.skill));
        draw_step(step, before, screen);
        before = step.reached;
    }
    if !path.projects.is_empty() {
        screen.heading("Projects that show several at once");
        for project in &path.projects {
            let shows = project.shows.join(", ");
            let text = format!(
                "{} ({}): {shows}",
                project.name,
                hours(Some(&project.hours))
            );
            screen.paragraph(0, &text);
        }
    }
    let first = path.steps.first().map_or("", |step| step.skill.as_str());
    let quoted = match first.contains(' ') {
        true => format!("\"{first}\""),
        false => first.to_owned(),
    };
    screen.next(&format!("agentctl learn start {quoted}"));
}

fn draw_step(step: &Step, before: u32, screen: &mut Screen) {
    if let Some(day) = &step.learning_since {
        screen.field("learning", Span::new(format!("since {day}"), WARN));
    }
    if let Some(aim) = &step.for_skill {
        screen.field("needed for", aim);
    }
    screen.field("hours", hours(step.hours.as_ref()));
    let more = step.reached.saturating_sub(before);
    screen.field(
        "within reach",
        format!("{} then (+{more})", count(step.reached, "job")),
    );
    for resource in &step.resources {
        screen.field("learn from", format!("{}  {}", resource.name, resource.url));
    }
    for can in &step.can {
        screen.field("you can then", can);
    }
    match step.written_by.as_deref() {
        None => screen.line([Span::new(
            "The catalogue does not have this skill: nothing is made up.",
            DIM,
        )]),
        Some("catalogue") => {}
        Some(model) => screen.field("written by", Span::new(format!("the model {model}"), WARN)),
    }
}

/// The reports that were made.
pub(super) fn list(list: &ListReportsResponse, screen: &mut Screen, clock: &Clock) {
    if list.reports.is_empty() {
        screen.line(["No report was made yet.".into()]);
        screen.next("agentctl report skill-gap");
        return;
    }
    let mut table = Table::new([
        ("no", Column::Right),
        ("kind", Column::Left),
        ("made", Column::Left),
        ("says", Column::Below),
    ]);
    for report in &list.reports {
        table.row([
            report.id.to_string().into(),
            Span::new(&report.kind, BOLD),
            clock.time(report.made.as_ref()).into(),
            Span::from(&report.said),
        ]);
    }
    screen.table(&table);
    screen.next("agentctl report show NO");
}

/// "0123456789 Engineer at Kranich 68.2 → 77.1: “You run Kubernetes”".
fn posting(posting: &Posting) -> String {
    let id: String = posting.job.chars().take(8).collect();
    let with = posting.score_with.map(|with| format!(" → {with:.1}"));
    let words = match posting.words.as_str() {
        "" => String::new(),
        words => format!(": “{words}”"),
    };
    format!(
        "{id} {} at {} {:.1}{}{words}",
        posting.title,
        posting.employer,
        posting.score,
        with.unwrap_or_default(),
    )
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 10.0 {
        format!("{percent:.1}%")
    } else {
        format!("{percent:.0}%")
    }
}

fn asked(demand: &Demand) -> String {
    percent(demand.share)
}

fn hours(hours: Option<&Hours>) -> String {
    hours.map_or_else(
        || "not known".to_owned(),
        |hours| format!("{}–{}", hours.least, hours.most),
    )
}

#[cfg(test)]
mod tests {
    use super::super::content;
    use super::*;
    use crate::command::testing::drawn;

    fn shown(json: &str) -> String {
        let content = content::read(json).unwrap();
        drawn(&content, |content, screen, _| report(content, screen))
    }

    const ABOUT: &str = r#"{"made":"2026-03-02T09:00:00Z","line":75.0,"filter":"remote","open":412,
        "near":96,"failing":210,"reached":18,"practice":false}"#;

    #[test]
    fn a_gap_is_drawn_with_what_unlocks_most_first() {
        let json = format!(
            r#"{{"kind":"skill-gap","about":{ABOUT},"missing":[
            {{"skill":"Kubernetes","category":"software","demand":{{"share":0.43,"jobs":41,"required":20,"named":18,"optional":3}},
              "near":"Docker","unlocks":12,"learning_since":"2026-02-11","hours":{{"least":60,"most":120}},
              "postings":[{{"job":"0123456789abcdef","title":"Engineer","employer":"Kranich","url":"https://jobs.example/1",
                "words":"You run Kubernetes \u001b[31mnow","score":68.2,"score_with":77.1}}]}},
            {{"skill":"Zephyrine","category":"","demand":{{"share":0.021,"jobs":2,"required":0,"named":2,"optional":0}},
              "near":null,"unlocks":0,"learning_since":null,"hours":null,"postings":[]}}],
            "more_missing":7,"held":[{{"skill":"Rust","demand":{{"share":0.54,"jobs":52,"required":40,"named":12,"optional":0}}}}],
            "pairs":[{{"skills":["Kubernetes","Zephyrine"],"unlocks":15,"alone":[12,0]}}]}}"#
        );
        insta::assert_snapshot!(shown(&json));
    }

    #[test]
    fn a_path_is_drawn_step_by_step() {
        let json = format!(
            r#"{{"kind":"learning-path","about":{ABOUT},"steps":[
            {{"skill":"Networking","for_skill":"Kubernetes","after":[],"hours":{{"least":30,"most":60}},
              "resources":[{{"name":"A guide","url":"https://guide.example/","covers":"all of it"}}],
              "can":["find where it fails"],"reached":18,"learning_since":null,"postings":[],"written_by":"catalogue"}},
            {{"skill":"Zephyrine","for_skill":null,"after":[],"hours":null,"resources":[],"can":[],"reached":30,
              "learning_since":"2026-02-11","postings":[],"written_by":null}}],
            "projects":[{{"name":"A small service","shows":["Networking"],"with":[],"hours":{{"least":20,"most":40}},"result":["it runs"]}}]}}"#
        );
        insta::assert_snapshot!(shown(&json));
    }

    #[test]
    fn what_cannot_be_read_is_no_report() {
        let wrong = content::read("{}").unwrap_err();
        assert_eq!(wrong.kind().code(), 4);
    }
}
