import type { About, AddImage, AdvisorySourceStatus, FormatInfo, ImageSummary, Job, Report } from '@plimsoll/model';
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
