//! Projects, with what our own exports add to them.
#![deny(clippy::indexing_slicing)]

use super::{
    Object, Reader,
    value::{string, strings},
};
use crate::profile::Project;

impl Reader {
    pub(super) fn projects(&mut self, root: &Object) {
        let done = self.objects(root, "projects");
        if !done.is_empty() {
            self.heading("Projects");
        }
        for (number, one) in (1..).zip(done) {
            let Some(name) = string(one, &["name"]) else {
                self.questions.push(format!(
                    "Project {number} has no “name”: what is it called?"
                ));
                continue;
            };
            let description = string(one, &["description", "summary"]);
            let line = self.write(&match &description {
                Some(description) => format!("{name}: {description}"),
                None => name.clone(),
            });
            let mut project = Project {
                name,
                description,
                line,
                links: string(one, &["url", "website"]).into_iter().collect(),
                technologies: strings(one, "keywords"),
                ..Project::default()
            };
            if !project.technologies.is_empty() {
                let made_with = format!("Technologies: {}", project.technologies.join(", "));
                self.write(&made_with);
            }
            for text in strings(one, "highlights") {
                let fact = self.fact(&text);
                project.achievements.push(fact);
            }
            (project.start, project.end) = self.span(one, &format!("project {number}"));
            self.profile.projects.push(project);
        }
    }
}
