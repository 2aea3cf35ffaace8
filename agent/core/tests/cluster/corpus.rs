//! Clusters a few postings as the daemon does, with the keys in memory.

use std::collections::HashMap;

use agent_core::cluster::{
    Commons, Joint, Link, Print, Sighted, are_apart, compare, conflict, keys, partition, settle,
};

use crate::build::{Made, Pair};

struct Known {
    made: Made,
    print: Print,
    keys: Vec<i64>,
}

/// Whether the postings of a pair come into one cluster, with the link between
/// them if there is one.
pub(crate) fn joins(pair: &Pair) -> (bool, Option<Link>) {
    let mut commons: HashMap<Option<i64>, Commons> = HashMap::new();
    let mut all: Vec<Known> = Vec::new();
    let mut joints: Vec<Joint> = Vec::new();
    for made in pair.around.iter().chain([&pair.one, &pair.other]) {
        let print = made.print.clone();
        let usual = commons.entry(print.employer_key()).or_default();
        usual.add(&print);
        let keys = keys(&print, usual);
        let new = Known {
            made: made.clone(),
            print,
            keys,
        };
        let shares_key = |known: &Known| known.keys.iter().any(|key| new.keys.contains(key));
        let found: Vec<(usize, Link)> = all
            .iter()
            .enumerate()
            .filter(|(_, known)| shares_key(known))
            .filter_map(|(at, known)| {
                let both = [usual_of(&commons, known), usual_of(&commons, &new)];
                let link = compare(sighted(known), sighted(&new), both)?;
                // What is told apart without texts must not be one opening by them.
                assert!(!are_apart(&known.print, &new.print), "{link:?}");
                Some((at, link))
            })
            .collect();
        let links: Vec<Link> = found.iter().map(|(_, link)| link.clone()).collect();
        let rivals = |a: usize, b: usize| {
            let (a, b) = (&all[found[a].0], &all[found[b].0]);
            conflict(
                sighted(a),
                sighted(b),
                [usual_of(&commons, a), usual_of(&commons, b)],
            )
        };
        for at in settle(&links, rivals) {
            joints.push(Joint {
                one: found[at].0,
                other: all.len(),
                link: links[at].clone(),
            });
        }
        all.push(new);
    }
    let clusters = partition(
        all.len(),
        &joints,
        |_, _| false,
        |_, a, b| {
            let (a, b) = (&all[a], &all[b]);
            conflict(
                sighted(a),
                sighted(b),
                [usual_of(&commons, a), usual_of(&commons, b)],
            )
        },
    );
    let (one, other) = (all.len() - 2, all.len() - 1);
    let link = joints
        .into_iter()
        .find(|joint| (joint.one, joint.other) == (one, other));
    (
        clusters[one] == clusters[other],
        link.map(|joint| joint.link),
    )
}

fn usual_of<'a>(commons: &'a HashMap<Option<i64>, Commons>, known: &Known) -> &'a Commons {
    &commons[&known.print.employer_key()]
}

fn sighted(known: &Known) -> Sighted<'_> {
    Sighted {
        print: &known.print,
        seen: known.made.seen,
    }
}
