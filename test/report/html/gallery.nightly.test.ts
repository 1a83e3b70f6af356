import { models } from '../../../scripts/gallery.js';
import { holdGalleries } from './hold-galleries.js';

holdGalleries(models);
