import {
  aboutSchema as about,
  addBasesSchema as addBases,
  addImageSchema as addImage,
  advisorySourceStatusSchema as advisorySourceStatus,
  baseSummarySchema as baseSummary,
  comparisonSchema as comparison,
  dockerfileAdviceSchema as dockerfileAdvice,
  engineSchema as engine,
  formatInfoSchema as formatInfo,
  imageAdviceSchema as imageAdvice,
  imageSummarySchema as imageSummary,
  jobSchema as job,
  pinBaseSchema as pinBase,
  problemSchema as problem,
  pullImageSchema as pullImage,
  readDockerfileSchema as readDockerfile,
  reportSchema as report,
  simulationSchema as simulation,
  syncBasesSchema as syncBases,
  updateAdvisoriesSchema as updateAdvisories,
} from '@plimsoll/model';

/** The model's schemas under the names they have in the OpenAPI document. */
export const aboutSchema = about.meta({ id: 'About' });
export const addBasesSchema = addBases.meta({ id: 'AddBases' });
export const addImageSchema = addImage.meta({ id: 'AddImage' });
export const advisorySourceStatusSchema = advisorySourceStatus.meta({ id: 'AdvisorySourceStatus' });
export const baseSummarySchema = baseSummary.meta({ id: 'BaseSummary' });
export const comparisonSchema = comparison.meta({ id: 'Comparison' });
export const dockerfileAdviceSchema = dockerfileAdvice.meta({ id: 'DockerfileAdvice' });
export const engineSchema = engine.meta({ id: 'Engine' });
export const formatInfoSchema = formatInfo.meta({ id: 'FormatInfo' });
export const imageAdviceSchema = imageAdvice.meta({ id: 'ImageAdvice' });
export const imageSummarySchema = imageSummary.meta({ id: 'ImageSummary' });
export const jobSchema = job.meta({ id: 'Job' });
export const problemSchema = problem.meta({ id: 'Problem' });
export const pinBaseSchema = pinBase.meta({ id: 'PinBase' });
export const pullImageSchema = pullImage.meta({ id: 'PullImage' });
export const readDockerfileSchema = readDockerfile.meta({ id: 'ReadDockerfile' });
export const reportSchema = report.meta({ id: 'Report' });
export const simulationSchema = simulation.meta({ id: 'Simulation' });
export const syncBasesSchema = syncBases.meta({ id: 'SyncBases' });
export const updateAdvisoriesSchema = updateAdvisories.meta({ id: 'UpdateAdvisories' });
