//! Dates in the forms people write.

use super::*;

fn shown(line: &str) -> String {
    let month = |month: Month| month.to_string();
    match find(line) {
        None => "none".into(),
        Some(Dates { when, at }) => {
            let what = match when {
                When::Between(from, to) => format!("{} to {}", month(from), month(to)),
                When::Since(from) => format!("since {}", month(from)),
                When::Once(once) => format!("once {}", month(once)),
            };
            format!("{what} [{}]", &line[at])
        }
    }
}

#[test]
fn dates_are_found_in_the_forms_people_write() {
    for (line, expected) in [
        ("Jan 2020 – Present", "since 2020-01 [Jan 2020 – Present]"),
        (
            "Engineer, 03/2019 - 12/2021",
            "2019-03 to 2021-12 [03/2019 - 12/2021]",
        ),
        ("Acme (2016–2019)", "2016 to 2019 [2016–2019]"),
        ("seit 2020 bei Acme", "since 2020 [seit 2020]"),
        ("Jan. 2020 bis heute", "since 2020-01 [Jan. 2020 bis heute]"),
        ("depuis 2019", "since 2019 [depuis 2019]"),
        ("depuis le 1er mars 2019", "once 2019-03 [mars 2019]"),
        ("Depuis mars 2019", "since 2019-03 [Depuis mars 2019]"),
        ("2022-03 - present", "since 2022-03 [2022-03 - present]"),
        (
            "2015-09 - 2019-06",
            "2015-09 to 2019-06 [2015-09 - 2019-06]",
        ),
        (
            "2015-09-01 to 2019-06-30",
            "2015-09 to 2019-06 [2015-09-01 to 2019-06-30]",
        ),
        (
            "01.08.2014 – 31.07.2016",
            "2014-08 to 2016-07 [01.08.2014 – 31.07.2016]",
        ),
        ("12/31/2020", "once 2020-12 [12/31/2020]"),
        (
            "September 2011 to August 2014",
            "2011-09 to 2014-08 [September 2011 to August 2014]",
        ),
        (
            "février 2018 à août 2020",
            "2018-02 to 2020-08 [février 2018 à août 2020]",
        ),
        (
            "mars 2021 à aujourd'hui",
            "since 2021-03 [mars 2021 à aujourd'hui]",
        ),
        ("2021 – à ce jour", "since 2021 [2021 – à ce jour]"),
        (
            "März 2018 – Dez. 2020",
            "2018-03 to 2020-12 [März 2018 – Dez. 2020]",
        ),
        (
            "marzo de 2018 - actualidad",
            "since 2018-03 [marzo de 2018 - actualidad]",
        ),
        ("Jan – Mar 2020", "2020-01 to 2020-03 [Jan – Mar 2020]"),
        ("2016–19", "2016 to 2019 [2016–19]"),
        ("Schuljahr 2016/17", "2016 to 2017 [2016/17]"),
        (
            "Jun '19 - Aug '21",
            "2019-06 to 2021-08 [Jun '19 - Aug '21]",
        ),
        (
            "from May 2019 until now",
            "since 2019-05 [from May 2019 until now]",
        ),
        ("Engineer, 2019 –", "since 2019 [2019 –]"),
        (
            "1 March 2020 – 15 April 2021",
            "2020-03 to 2021-04 [1 March 2020 – 15 April 2021]",
        ),
        (
            "March 1, 2020 to present",
            "since 2020-03 [March 1, 2020 to present]",
        ),
        ("BSc, 2014", "once 2014 [2014]"),
        (
            "In 2014 we grew; head of it 2015–2017",
            "2015 to 2017 [2015–2017]",
        ),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn what_is_no_date_is_left_alone() {
    for line in [
        "",
        "served 12000 people",
        "ISO27001 and RFC 9110",
        "13/2020x",
        "from home to office",
        "may 5",
        "0049 30 1234567",
        "in March",
        "—",
    ] {
        let found = find(line);
        assert!(
            found.is_none_or(|found| matches!(found.when, When::Once(_))),
            "{line}"
        );
    }
    for line in [
        "served 12000 people",
        "from home to office",
        "may 5",
        "in March",
    ] {
        assert_eq!(find(line), None, "{line}");
    }
}

#[test]
fn the_rest_of_a_line_reads_without_its_dates() {
    for (line, expected) in [
        ("Senior Engineer, Acme (2019–2022)", "Senior Engineer, Acme"),
        ("Valencia, Spain · 2022-03 - present", "Valencia, Spain"),
        ("2019–2022: Engineer, Acme", "Engineer, Acme"),
        ("Engineer | 2019–2022 | Acme", "Engineer | Acme"),
        ("2019–2022", ""),
    ] {
        let dates = find(line).expect("dates");
        assert_eq!(without(line, &dates), expected);
    }
}

#[test]
fn words_for_today_are_told_from_dates_and_other_words() {
    for (text, expected) in [
        ("Present", true),
        ("until now", true),
        ("to date", true),
        ("aujourd’hui", true),
        ("à ce jour", true),
        ("bis heute", true),
        ("aujourd", false),
        ("soon", false),
        ("2020", false),
        ("–", false),
        ("", false),
    ] {
        assert_eq!(says_today(text), expected, "{text}");
    }
}
