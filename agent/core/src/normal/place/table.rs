//! The table of places, read once from the text beside the source.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

use crate::{job::Region, text::rows};

const TEXT: &str = include_str!("../../../assets/places.txt");

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A city by its kept name, and its country.
    City(&'static str, &'static str),
    /// A country by its code.
    Country(&'static str),
    /// A state or province, by the code of its country.
    State(&'static str),
    /// A region wider than a country.
    Region(Region),
}

/// All names, in the form of [`key`], and the codes of states.
pub(super) struct Table {
    names: HashMap<String, Vec<Named>>,
    states: HashMap<&'static str, &'static str>,
    countries: HashMap<&'static str, &'static str>,
}

impl Table {
    /// What `key` may stand for.
    pub(super) fn named(&self, key: &str) -> &[Named] {
        self.names.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Country of the state or province with this upper-case code.
    pub(super) fn state(&self, code: &str) -> Option<&'static str> {
        self.states.get(code).copied()
    }

    /// The country with this upper-case ISO 3166-1 alpha-2 code.
    pub(super) fn country(&self, code: &str) -> Option<&'static str> {
        self.countries.get_key_value(code).map(|(code, _)| *code)
    }

    /// English name of a country by its code.
    pub(super) fn country_name(&self, code: &str) -> Option<&'static str> {
        self.countries.get(code).copied()
    }

    fn add(&mut self, names: &'static str, named: Named) {
        for name in names.split('=') {
            let known = self.names.entry(key(name)).or_default();
            if !known.contains(&named) {
                known.push(named);
            }
        }
    }
}

/// The table that is built in.
pub(super) fn built_in() -> &'static Table {
    static BUILT_IN: LazyLock<Table> = LazyLock::new(read);
    &BUILT_IN
}

/// `name` as it is compared: lower case, without accents, points and hyphens.
pub(super) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ä' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ç' | 'č' => out.push('c'),
            'ñ' | 'ń' => out.push('n'),
            'ł' => out.push('l'),
            'ś' | 'š' | 'ș' => out.push('s'),
            'ț' => out.push('t'),
            'ż' | 'ź' | 'ž' => out.push('z'),
            'ß' => out.push_str("ss"),
            '.' | '\'' | '’' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn read() -> Table {
    let mut table = Table {
        names: HashMap::new(),
        states: HashMap::new(),
        countries: HashMap::new(),
    };
    for (section, row) in rows(TEXT) {
        let Some((head, rest)) = row.split_once(' ') else {
            continue;
        };
        match section.split_once(' ') {
            Some(("states", country)) => {
                for state in row.split(", ") {
                    let Some((code, names)) = state.split_once(' ') else {
                        continue;
                    };
                    table.states.entry(code).or_insert(country);
                    table.add(names, Named::State(country));
                }
            }
            _ if section == "countries" => {
                table
                    .countries
                    .insert(head, rest.split('=').next().unwrap_or(rest));
                table.add(rest, Named::Country(head));
            }
            _ if section == "regions" => {
                if let Some(region) = region(head) {
                    table.add(rest, Named::Region(region));
                }
            }
            _ => {
                for city in rest.split(", ") {
                    let kept = city.split('=').next().unwrap_or(city);
                    table.add(city, Named::City(kept, head));
                }
            }
        }
    }
    table
}

fn region(code: &str) -> Option<Region> {
    Some(match code {
        "worldwide" => Region::Worldwide,
        "european-union" => Region::EuropeanUnion,
        "europe" => Region::Europe,
        "emea" => Region::Emea,
        "americas" => Region::Americas,
        "north-america" => Region::NorthAmerica,
        "latin-america" => Region::LatinAmerica,
        "apac" => Region::Apac,
        "dach" => Region::Dach,
        _ => return None,
    })
}
