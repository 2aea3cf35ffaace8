use super::*;

#[test]
fn a_title_names_its_level() {
    use Level::{Entry, Executive, Intern, Lead, Manager, Mid, Senior};
    for (title, expected) in [
        ("Software Engineer", None),
        ("Senior Software Engineer", Some(Senior)),
        ("Sr. Data Analyst", Some(Senior)),
        ("(Senior) Financial Accountant (f/m/d)", Some(Mid)),
        (
            "Solution Architect / Senior Solution Architect",
            Some(Senior),
        ),
        ("Junior/Senior Developer", Some(Mid)),
        ("Software Engineer - All Levels", None),
        (
            "Technical Author - Multiple roles and seniority levels",
            None,
        ),
        ("Junior Developer", Some(Entry)),
        ("Software Engineer (Entry Level Opportunity)", Some(Entry)),
        ("Entry-Level AI Data Rater", Some(Entry)),
        ("Software Engineer – New Grad", Some(Entry)),
        ("Graduate Software Engineer", Some(Entry)),
        ("Associate Software Engineer", Some(Entry)),
        ("Sales Associate", None),
        ("Associate Director, Finance", Some(Executive)),
        ("Associate Professor of Physics", None),
        ("Software Developer I", Some(Entry)),
        ("Data Engineer II", Some(Mid)),
        ("Engineer III - Platform", Some(Senior)),
        ("Backend Engineer 4", Some(Senior)),
        ("Berufseinsteiger Buchhaltung (m/w/d)", Some(Entry)),
        ("Werkstudent Marketing (m/w/d)", Some(Intern)),
        ("Praktikum Controlling", Some(Intern)),
        ("Ausbildung zur Pflegefachfrau", Some(Intern)),
        ("Software Engineering Intern", Some(Intern)),
        ("Internal Auditor", None),
        ("International Sales", None),
        ("Internship Program Manager", Some(Mid)),
        ("Stage - Assistant comptable", Some(Intern)),
        ("Stage Manager", Some(Mid)),
        ("Alternance Développeur Web", Some(Intern)),
        ("Working Student (m/f/d) HR", Some(Intern)),
        ("Staff Engineer", Some(Lead)),
        ("Staff Software Engineer, Infra", Some(Lead)),
        ("Staff Nurse", Some(Mid)),
        ("Senior Staff Nurse", Some(Senior)),
        ("Staff Accountant", Some(Mid)),
        ("Member of Technical Staff - Search", None),
        ("Principal Engineer", Some(Lead)),
        ("Assistant Principal", Some(Manager)),
        ("Tech Lead", Some(Lead)),
        ("Lead Generation Specialist", None),
        ("Team Lead Customer Service", Some(Lead)),
        ("Product Manager", Some(Mid)),
        ("Technical Support Manager", Some(Manager)),
        ("UX Manager", Some(Manager)),
        ("Internship Program 2031", Some(Intern)),
        ("Internship Program Coordinator", None),
        ("Chief of Staff to the CEO", Some(Manager)),
        ("Senior Product Manager", Some(Senior)),
        ("Junior Account Manager", Some(Entry)),
        ("Lead Product Manager", Some(Lead)),
        ("Project Manager (m/w/d)", Some(Mid)),
        ("Regional HR Manager APAC", Some(Mid)),
        ("Key Account Manager", Some(Mid)),
        ("Social Media Manager", Some(Mid)),
        (
            "Senior Manager, Capital & Liquidity Management",
            Some(Manager),
        ),
        ("Engineering Manager", Some(Manager)),
        ("OpenStack Engineering Manager", Some(Manager)),
        ("Manager of Data Science", Some(Manager)),
        ("Manager, Platform", Some(Manager)),
        ("Store Manager", Some(Manager)),
        ("Teamleiter Buchhaltung", Some(Manager)),
        ("Stationsleitung Intensiv", Some(Manager)),
        ("Projektleiter Bau", Some(Mid)),
        ("Chef de projet digital", None),
        ("Chef d'équipe logistique", Some(Manager)),
        ("Responsable marketing", Some(Manager)),
        ("Head of Partner Marketing", Some(Executive)),
        ("Head Nurse", Some(Manager)),
        ("VP, Enterprise Sales", Some(Executive)),
        ("Cloud Sales Director", Some(Executive)),
        ("Art Director", None),
        ("Assistant to the Director", None),
        ("Chief Financial Officer", Some(Executive)),
        ("Chief of Staff", Some(Manager)),
        ("Chief Engineer", Some(Lead)),
        ("Economist - Office of the Chief Economist", None),
        ("Senior/Staff Back-End Engineers", Some(Lead)),
        ("Geschäftsführer (m/w/d)", Some(Executive)),
        ("Leadership Coach", None),
        ("", None),
        ("🚀", None),
    ] {
        assert_eq!(
            of_title(title).map(|found| found.value),
            expected,
            "{title}"
        );
    }
}

#[test]
fn the_words_that_name_the_level_are_kept() {
    for (title, words) in [
        ("Head of Design", "Head of"),
        ("Backend Engineer II", "Engineer II"),
        ("Product Manager", "Product Manager"),
        ("Sr. Nurse", "Sr"),
    ] {
        assert_eq!(
            of_title(title).map(|found| found.text).as_deref(),
            Some(words),
            "{title}"
        );
    }
}

#[test]
fn a_stated_level_is_read() {
    for (stated, expected) in [
        ("Mid-Senior level", Some(Level::Mid)),
        ("Entry level", Some(Level::Entry)),
        ("Internship", Some(Level::Intern)),
        ("Senior", Some(Level::Senior)),
        ("Full-time", None),
    ] {
        assert_eq!(
            of_stated(stated).map(|found| found.value),
            expected,
            "{stated}"
        );
    }
}
