import type {
  About,
  AddImage,
  AdvisorySourceStatus,
  BaseSummary,
  Comparison,
  DockerfileAdvice,
  Engine,
  FormatInfo,
  ImageAdvice,
  ImageSummary,
  Job,
  Report,
  Simulation,
} from '@plimsoll/model';
import { queryOptions } from '@tanstack/react-query';
import { request } from './client.ts';

/** What this server is and shows. */
export const aboutQuery = queryOptions({ queryKey: ['about'], queryFn: ({ signal }) => request<About>('/about', { signal }) });

/** The images list. */
export const imagesQuery = queryOptions({
  queryKey: ['images'],
  queryFn: ({ signal }) => request<readonly ImageSummary[]>('/images', { signal }),
});

/** One image's report. */
export const reportQuery = (digest: string) =>
  queryOptions({
    queryKey: ['images', digest],
    queryFn: ({ signal }) => request<Report>(`/images/${encodeURIComponent(digest)}`, { signal }),
    staleTime: 30_000,
  });

/** Formats a report can be exported in. */
export const formatsQuery = queryOptions({
  queryKey: ['formats'],
  queryFn: ({ signal }) => request<readonly FormatInfo[]>('/formats', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Advisory sources and their state. */
export const advisoriesQuery = queryOptions({
  queryKey: ['advisories'],
  queryFn: ({ signal }) => request<readonly AdvisorySourceStatus[]>('/advisories', { signal }),
});

/** Work the server does or has done lately; looked at again while any of it runs. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => request<readonly Job[]>('/jobs', { signal }),
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 700 : false),
});

/** Whether a job is not finished. */
export function isUnderWay({ state }: Job): boolean {
  return state === 'queued' || state === 'running';
}

/** Starts indexing an image. */
export function addImage(image: AddImage): Promise<Job> {
  return request<Job>('/images', { method: 'POST', body: image });
}

/** Forgets an image. */
export function removeImage(digest: string): Promise<void> {
  return request<void>(`/images/${encodeURIComponent(digest)}`, { method: 'DELETE' });
}

/** Starts fetching the live feeds. */
export function updateAdvisories(): Promise<Job> {
  return request<Job>('/advisories/update', { method: 'POST', body: {} });
}

/** Gives a job up. */
export function cancelJob(id: string): Promise<void> {
  return request<void>(`/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** What another base would make of an image, in full. */
export const simulationQuery = (digest: string, base: string, candidate: string) =>
  queryOptions({
    queryKey: ['images', digest, 'simulation', base, candidate],
    queryFn: ({ signal }) => request<Simulation>(`/images/${digest}/simulation?${new URLSearchParams({ base, candidate })}`, { signal }),
  });

/** What one image has that another has not. */
export const comparisonQuery = (digest: string, other: string) =>
  queryOptions({
    queryKey: ['images', digest, 'comparison', other],
    queryFn: ({ signal }) => request<Comparison>(`/images/${digest}/comparison?${new URLSearchParams({ with: other })}`, { signal }),
  });

/** Starts indexing the bases an image could move to, so that their counts are known. */
export function indexCandidates(digest: string): Promise<Job> {
  return request<Job>(`/images/${digest}/candidates`, { method: 'POST' });
}

/** Asks the registry what the image's tag points to now. */
export function checkTag(digest: string): Promise<ImageAdvice> {
  return request<ImageAdvice>(`/images/${digest}/check`, { method: 'POST' });
}

/** What a Dockerfile and the image made from it say of each other. */
export function readDockerfile(
  digest: string,
  file: { readonly text: string; readonly file: string; readonly pin: boolean; readonly arguments?: Readonly<Record<string, string>> },
): Promise<DockerfileAdvice> {
  return request<DockerfileAdvice>(`/images/${digest}/dockerfile`, { method: 'POST', body: file });
}

/** The container engine of the server's machine. */
export const engineQuery = queryOptions({
  queryKey: ['engine'],
  queryFn: ({ signal }) => request<Engine>('/engine', { signal }),
  staleTime: 60_000,
});

/** Starts pulling what the image's tag points to now. */
export function pullImage(digest: string, removeOld: boolean): Promise<Job> {
  return request<Job>(`/images/${digest}/pull`, { method: 'POST', body: { removeOld } });
}

/** What the base index knows. */
export const basesQuery = queryOptions({
  queryKey: ['bases'],
  queryFn: ({ signal }) => request<readonly BaseSummary[]>('/bases', { signal }),
});

/** Says which base an image has; without a name takes that back. */
export function pinBase(digest: string, name: string | undefined): Promise<void> {
  const path = `/images/${digest}/base`;
  return name === undefined ? request<void>(path, { method: 'DELETE' }) : request<void>(path, { method: 'PUT', body: { name } });
}
