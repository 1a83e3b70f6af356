import { caseStudies } from '../../../scripts/gallery.js';
import { holdGalleries } from './hold-galleries.js';

// The case studies, whose pages are kept, and one of each kind of page that they do not have: rejected, to be forced,
// with a loop, with a ring's topology. All models are for the nightly run.
holdGalleries([...caseStudies, 'undetermined', 'figure-2b-nonlocal', 'cyclic', 'ring-2'].sort());
